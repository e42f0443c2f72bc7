package io.github.camelaiflow.openinference;

import io.github.camelaiflow.openinference.InferRequest.RequestedOutput;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Messages as they could be. */
final class RandomMessages {

    private static final String[] TEXTS = {"", "a", "Straße", "\u0000\"\\\n", "\uD83D\uDE80", "x".repeat(300)};

    private final Random random;

    RandomMessages(long seed) {
        this.random = new Random(seed);
    }

    InferRequest request(boolean jsonOnly) {
        List<RequestedOutput> outputs = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            outputs.add(new RequestedOutput("out" + i, parameters()));
        }
        return new InferRequest(random.nextBoolean() ? null : text(), parameters(), tensors(jsonOnly), outputs);
    }

    InferResponse response(boolean jsonOnly) {
        return new InferResponse(
                random.nextBoolean() ? null : text(),
                random.nextBoolean() ? null : "1",
                random.nextBoolean() ? null : text(),
                parameters(),
                tensors(jsonOnly));
    }

    private List<Tensor> tensors(boolean jsonOnly) {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tensors.add(tensor("t" + i, jsonOnly));
        }
        return tensors;
    }

    Tensor tensor(String name, boolean jsonOnly) {
        Datatype datatype = Datatype.values()[random.nextInt(Datatype.values().length)];
        while (jsonOnly && !datatype.hasJson()) {
            datatype = Datatype.values()[random.nextInt(Datatype.values().length)];
        }
        List<Long> shape = new ArrayList<>();
        int elements = 1;
        for (int i = random.nextInt(4); i > 0; i--) {
            int size = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(4);
            elements *= size;
            shape.add((long) size);
        }
        return new Tensor(name, datatype, shape, data(datatype, elements, jsonOnly), parameters());
    }

    private Object data(Datatype datatype, int elements, boolean jsonOnly) {
        Object data = Array.newInstance(datatype.element(), elements);
        for (int i = 0; i < elements; i++) {
            Array.set(data, i, element(datatype, jsonOnly));
        }
        return data;
    }

    private Object element(Datatype datatype, boolean jsonOnly) {
        return switch (datatype) {
            case BOOL -> random.nextBoolean();
            case UINT8, INT8 -> (byte) random.nextInt();
            case UINT16, INT16 -> (short) random.nextInt();
            case UINT32, INT32 -> random.nextInt();
            case UINT64, INT64 -> random.nextLong();
            case FP16 -> HalfFloats.fromFp16((short) random.nextInt());
            case BF16 -> HalfFloats.fromBf16((short) random.nextInt());
            case FP32 -> single(jsonOnly);
            case FP64 -> wide(jsonOnly);
            case BYTES -> jsonOnly || random.nextBoolean() ? text().getBytes(StandardCharsets.UTF_8) : bytes();
        };
    }

    private float single(boolean finite) {
        float value = Float.intBitsToFloat(random.nextInt());
        return finite && !Float.isFinite(value) ? 0.1f : value;
    }

    private double wide(boolean finite) {
        double value = Double.longBitsToDouble(random.nextLong());
        return finite && !Double.isFinite(value) ? 0.1 : value;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (random.nextInt(3) == 0) {
            parameters.put("flag", random.nextBoolean());
            parameters.put("whole", random.nextLong());
            parameters.put("number", random.nextGaussian());
            parameters.put("text", text());
        }
        return parameters;
    }
}
