package io.github.camelaiflow.feedback.quality;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Labels or segments as they come, up to a number. Not thread-safe. */
final class Names {

    static final Name OTHERS = new Name("others", 0, false);

    private final int most;
    private final Map<String, Name> known = new HashMap<>();

    /** @param declared those of the configuration, which have a place in any case */
    Names(List<String> declared, int most) {
        this.most = Math.max(most, declared.size());
        for (String name : declared) {
            known.computeIfAbsent(name, value -> new Name(value, known.size() + 1, true));
        }
    }

    /** The name; {@link #OTHERS} if there is no place for another one, {@code null} for {@code null}. */
    Name of(String value) {
        if (value == null) {
            return null;
        }
        Name name = known.get(value);
        if (name == null && known.size() < most) {
            name = new Name(value, known.size() + 1, false);
            known.put(value, name);
        }
        return name == null ? OTHERS : name;
    }
}
