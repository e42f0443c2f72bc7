package io.github.camelaiflow;

import io.github.camelaiflow.data.FlowResult;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Converter;

/**
 * Results as text and bytes, so that a body of {@code resultTo=body} can go to any transport. In headers they show no value
 * of a record; as a body they are in full.
 */
@Converter(generateLoader = true)
public final class AiflowConverters {

    private AiflowConverters() {}

    /** The result as JSON. */
    @Converter
    public static String toString(FlowResult result) {
        return result.toString();
    }

    /** The result as JSON in UTF-8. */
    @Converter
    public static byte[] toBytes(FlowResult result) {
        return result.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The result as JSON in UTF-8. */
    @Converter
    public static InputStream toInputStream(FlowResult result) {
        return new ByteArrayInputStream(toBytes(result));
    }
}
