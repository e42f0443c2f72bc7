package io.github.camelaiflow.model;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What kind of file, or object, a model came from. Told by the content; a file's name is never trusted. */
public enum ModelFormat {
    /** Tribuo's protobuf ({@code Model.serializeToFile}). */
    TRIBUO,
    /** An ONNX protobuf, answered by ONNX Runtime. */
    ONNX,
    /** XGBoost's JSON ({@code Booster.save_model("….json")}). */
    XGBOOST,
    /** No file: an object the application or the flow's definition made. */
    OBJECT;

    private static final int ONNX_IR_VERSION = 1;
    private static final int ONNX_GRAPH = 7;
    private static final int TRIBUO_CLASS_NAME = 2;
    private static final int TRIBUO_DATA = 3;
    private static final int TEXT_PROBE = 256;
    private static final String TAKEN = "a model must be a Tribuo protobuf, an ONNX file or XGBoost's JSON, ";

    /**
     * The format of a model file, without parsing more than its outermost fields.
     *
     * @param place where the file came from, for the message
     * @throws ModelException if it is none that is taken; the message gives the reason
     */
    public static ModelFormat of(byte[] bytes, String place) {
        if (XgboostFiles.isJson(bytes)) {
            return XGBOOST;
        }
        String refused = refusal(bytes);
        if (refused != null) {
            throw new ModelException(false, TAKEN + place + " " + refused);
        }
        int seen = outermostFields(bytes, place);
        if (has(seen, ONNX_IR_VERSION) && has(seen, ONNX_GRAPH)) {
            return ONNX;
        }
        if (has(seen, TRIBUO_CLASS_NAME) && has(seen, TRIBUO_DATA)) {
            return TRIBUO;
        }
        throw new ModelException(false, TAKEN + place + " is a protobuf of neither kind, or damaged");
    }

    /** The name as headers and documents write it: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String refusal(byte[] bytes) {
        if (startsWith(bytes, 0, 0xAC, 0xED, 0x00, 0x05)) {
            return "is a Java-serialised object, which is never read: deserialising an untrusted file can run code";
        }
        if (startsWith(bytes, 0, 'P', 'K', 3, 4)) {
            return "is a zip archive: give the model file inside it";
        }
        if (startsWith(bytes, 0, 0x1F, 0x8B)) {
            return "is gzip-compressed: give the uncompressed file";
        }
        if (bytes.length > 1 && (bytes[0] & 0xFF) == 0x80 && bytes[1] >= 2 && bytes[1] <= 5) {
            return "is a Python pickle, which is never read: unpickling an untrusted file can run code";
        }
        if (startsWith(bytes, 4, 'O', 'R', 'T', 'M')) {
            return "is in ONNX Runtime's own ORT format: give the ONNX file";
        }
        if (XgboostFiles.isBinary(bytes)) {
            return "is XGBoost's binary form, whose native parser a damaged file can make end the JVM:"
                    + " save the model as JSON (Booster.save_model(\"model.json\"))";
        }
        return isText(bytes) ? "is text" + (isMarkup(bytes) ? " (HTML or XML: an error page?)" : "") : null;
    }

    private static int outermostFields(byte[] bytes, String place) {
        ByteString wrapped = UnsafeByteOperations.unsafeWrap(bytes);
        CodedInputStream in = wrapped.newCodedInput();
        int seen = 0;
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int field = WireFormat.getTagFieldNumber(tag);
                seen |= field < Integer.SIZE ? 1 << field : 0;
                in.skipField(tag);
            }
            return seen;
        } catch (IOException e) {
            throw new ModelException(
                    false,
                    "a model must be a whole Tribuo protobuf, ONNX file or XGBoost's JSON, " + place
                            + " is of another kind, truncated or damaged (not a protobuf to its end)",
                    e);
        }
    }

    private static boolean has(int seen, int field) {
        return (seen & 1 << field) != 0;
    }

    private static boolean startsWith(byte[] bytes, int offset, int... magic) {
        if (bytes.length < offset + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[offset + i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Protobuf tags of both formats are control characters, so a file that starts with none is text. */
    private static boolean isText(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, TEXT_PROBE); i++) {
            int b = bytes[i] & 0xFF;
            if (b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean isMarkup(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, TEXT_PROBE), StandardCharsets.UTF_8);
        return start.replace("\uFEFF", "").stripLeading().startsWith("<");
    }
}
