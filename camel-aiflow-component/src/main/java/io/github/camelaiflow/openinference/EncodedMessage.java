package io.github.camelaiflow.openinference;

/**
 * A message as it goes over HTTP.
 *
 * @param body JSON, or JSON followed by binary tensors
 * @param jsonLength bytes of JSON at the beginning, the value of header {@value #JSON_LENGTH_HEADER}; -1 if the body is JSON
 *     to its end, and then the header must not be sent
 */
public record EncodedMessage(byte[] body, int jsonLength) {

    /** Header that says how much of a body is JSON. */
    public static final String JSON_LENGTH_HEADER = "Inference-Header-Content-Length";

    /** Value of header {@value #JSON_LENGTH_HEADER}; {@code null} if it must not be sent. */
    public String jsonLengthHeader() {
        return jsonLength < 0 ? null : String.valueOf(jsonLength);
    }

    /** {@code application/json}, or {@code application/octet-stream} with binary tensors. */
    public String contentType() {
        return jsonLength < 0 ? "application/json" : "application/octet-stream";
    }

    @Override
    public String toString() {
        return "EncodedMessage[" + body.length + " bytes, jsonLength=" + jsonLength + "]";
    }
}
