package io.github.camelaiflow.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a flow's records.
 *
 * @param key the field that identifies a record; {@code null} if none was declared
 * @param fields the declared fields, in order; empty if nothing was declared
 */
public record Schema(String key, List<Field> fields) {

    /** A schema that declares nothing. */
    public static final Schema NONE = new Schema(null, List.of());

    /** @throws IllegalArgumentException if two fields have one name */
    public Schema {
        fields = List.copyOf(fields);
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException("field names must be unique, " + field.name() + " stands twice");
            }
        }
    }

    /** The field of that name, if declared. */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
