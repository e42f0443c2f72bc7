package io.github.camelaiflow.openinference;

import java.util.List;

/**
 * What {@code GET v2} answers.
 *
 * @param name the server's name
 * @param version its version
 * @param extensions such as {@value #BINARY}
 */
public record ServerMetadata(String name, String version, List<String> extensions) {

    /** Name of the binary extension. */
    public static final String BINARY = "binary_tensor_data";

    /** Copies the list. */
    public ServerMetadata {
        extensions = List.copyOf(extensions);
    }
}
