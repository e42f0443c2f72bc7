package io.github.camelaiflow.model.xgboost;

/** What is wrong with a file, without its place. */
final class DamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedException(String requirement) {
        super(requirement, null, false, false);
    }
}
