package io.github.camelaiflow.openinference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a tensor's data from JSON, flat or nested by shape, into its flat array. Not thread-safe. */
final class JsonData {

    static final String AS_SHAPED = "as many elements as the shape says, flat or nested by shape";

    private static final int UINT64_BITS = 64;

    private final String place;
    private final Datatype datatype;
    private final List<Long> shape;
    private final int elements;
    private final Object data;
    private int next;

    JsonData(String place, Datatype datatype, List<Long> shape, int elements) {
        this.place = place;
        this.datatype = datatype;
        this.shape = shape;
        this.elements = elements;
        this.data = Array.newInstance(datatype.element(), elements);
    }

    /** Reads the array that the current token begins. */
    Object read(JsonParser parser) throws IOException {
        boolean nested = shape.size() > 1 && parser.nextToken() == JsonToken.START_ARRAY;
        if (nested) {
            parts(parser, 0);
        } else {
            JsonToken token = shape.size() > 1 ? parser.currentToken() : parser.nextToken();
            for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                require(next < elements);
                element(parser, token);
            }
        }
        require(next == elements);
        return data;
    }

    /** Reads the parts of a level, of which the first one's first token is current, to the level's end. */
    private void parts(JsonParser parser, int level) throws IOException {
        long parts = 0;
        for (JsonToken token = parser.currentToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            require(parts++ < shape.get(level));
            if (level == shape.size() - 1) {
                element(parser, token);
            } else {
                require(token == JsonToken.START_ARRAY);
                parser.nextToken();
                parts(parser, level + 1);
            }
        }
        require(parts == shape.get(level));
    }

    private void require(boolean fulfilled) {
        JsonInput.require(fulfilled, place, AS_SHAPED);
    }

    private void element(JsonParser parser, JsonToken token) throws IOException {
        int index = next++;
        switch (datatype) {
            case BOOL -> ((boolean[]) data)[index] = flag(token);
            case UINT8, INT8 -> ((byte[]) data)[index] = (byte) whole(parser, token);
            case UINT16, INT16 -> ((short[]) data)[index] = (short) whole(parser, token);
            case UINT32, INT32 -> ((int[]) data)[index] = (int) whole(parser, token);
            case UINT64, INT64 -> ((long[]) data)[index] = whole(parser, token);
            case FP32 -> ((float[]) data)[index] = (float) number(parser, token);
            case FP64 -> ((double[]) data)[index] = number(parser, token);
            default -> ((byte[][]) data)[index] = text(parser, token);
        }
    }

    private boolean flag(JsonToken token) {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw wrong("true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private byte[] text(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw wrong("texts");
        }
        return parser.getText().getBytes(StandardCharsets.UTF_8);
    }

    private double number(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw wrong("finite numbers");
        }
        double value = parser.getDoubleValue();
        boolean finite = datatype == Datatype.FP32 ? Float.isFinite((float) value) : Double.isFinite(value);
        if (!finite) {
            throw wrong("finite numbers");
        }
        return value;
    }

    private long whole(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw wrong("whole numbers");
        }
        if (parser.getNumberType() == NumberType.BIG_INTEGER) {
            BigInteger value = parser.getBigIntegerValue();
            if (datatype == Datatype.UINT64 && value.signum() > 0 && value.bitLength() <= UINT64_BITS) {
                return value.longValue();
            }
            throw wrong("whole numbers");
        }
        long value = parser.getLongValue();
        int bits = datatype.size() * Byte.SIZE - (datatype.unsigned() ? 0 : 1);
        boolean inRange = datatype.unsigned()
                ? value >= 0 && (bits == UINT64_BITS || value >>> bits == 0)
                : (value < 0 ? ~value : value) >>> bits == 0;
        if (!inRange) {
            throw wrong("whole numbers");
        }
        return value;
    }

    private ProtocolException wrong(String expected) {
        return new ProtocolException(place + " must hold " + expected + " in the range of " + datatype);
    }
}
