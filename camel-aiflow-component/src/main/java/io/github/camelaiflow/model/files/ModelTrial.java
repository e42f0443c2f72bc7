package io.github.camelaiflow.model.files;

import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelFormat;
import io.github.camelaiflow.model.ModelSpec;
import java.util.List;
import java.util.Map;

/** Tries a model file elsewhere, before anything in this JVM parses it. */
@FunctionalInterface
public interface ModelTrial {

    /** Tries nothing. */
    ModelTrial NONE = (spec, format, sha256, bytes, rows) -> {};

    /**
     * Comes back when the file may be loaded here.
     *
     * @param sha256 the file's digest; length and, where the spec has one, digest have been checked
     * @param rows records the model may be asked with, their values as JSON has them; may be empty
     * @throws ModelException if it must not be
     */
    void run(ModelSpec spec, ModelFormat format, String sha256, byte[] bytes, List<Map<String, Object>> rows);
}
