package io.github.camelaiflow.rollout;

/** A decision that the rollout's stage doesn't allow, or that another node was quicker to make. */
public class RolloutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RolloutException(String message) {
        super(message);
    }
}
