package io.github.camelaiflow.validation.expectations;

import io.github.camelaiflow.validation.python.Unjudgeable;
import java.util.HashSet;
import java.util.List;

/** Whether the values of several columns of one record are all different, or all equal; missing values are equal to each other. */
enum RecordValues implements ValueCheck {
    DIFFERENT("must all be different") {
        @Override
        public boolean meets(Object value) throws Unjudgeable {
            List<Object> keys = Keys.ofAll((List<?>) value);
            return new HashSet<>(keys).size() == keys.size();
        }
    },
    EQUAL("must all be equal") {
        @Override
        public boolean meets(Object value) throws Unjudgeable {
            List<?> values = (List<?>) value;
            for (Object other : values) {
                if (!Keys.equal(values.get(0), other)) {
                    return false;
                }
            }
            return true;
        }
    };

    private final String requirement;

    RecordValues(String requirement) {
        this.requirement = requirement;
    }

    @Override
    public String requirement() {
        return requirement;
    }
}
