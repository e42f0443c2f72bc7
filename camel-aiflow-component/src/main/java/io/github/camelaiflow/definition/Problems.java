package io.github.camelaiflow.definition;

import java.util.ArrayList;
import java.util.List;

/** Gathers everything that is wrong, so that it can be reported at once. Not thread-safe. */
public final class Problems {

    private final List<String> found = new ArrayList<>();

    /**
     * One more.
     *
     * @param place where it is, such as {@code claims.yaml: record.fields.amount.type}
     * @param requirement what is required there, and the mend
     */
    public void add(String place, String requirement) {
        found.add(place + ": " + requirement);
    }

    /** Whether nothing is wrong. */
    public boolean none() {
        return found.isEmpty();
    }

    /** All that was found, in order. */
    public List<String> list() {
        return List.copyOf(found);
    }

    /** @throws DefinitionException naming all problems, if there is any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new DefinitionException(found);
        }
    }
}
