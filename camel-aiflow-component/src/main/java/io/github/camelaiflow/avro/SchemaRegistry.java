package io.github.camelaiflow.avro;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Knows writers' schemas by the ids that registry framing carries. Implementations are thread-safe. */
@FunctionalInterface
public interface SchemaRegistry {

    /**
     * The schema of that id.
     *
     * @param id any number, as untrusted bytes carry it
     * @return empty if the registry is sure to have no Avro schema of that id
     * @throws SchemaRegistryException if the registry cannot tell
     */
    Optional<Schema> byId(int id);

    /** A registry that knows no schema. */
    static SchemaRegistry none() {
        return of(Map.of());
    }

    /** A registry of fixed schemas. */
    static SchemaRegistry of(Map<Integer, Schema> schemas) {
        return new FixedSchemaRegistry(schemas);
    }

    /**
     * A registry of the files {@code <id>.avsc} in that directory, read once, now. Other files are ignored.
     *
     * @throws IllegalArgumentException if the directory cannot be read, or any of the files is no schema or larger than
     *     1 MiB; all such files are named
     */
    static SchemaRegistry ofDirectory(Path directory) {
        return FixedSchemaRegistry.read(directory);
    }
}
