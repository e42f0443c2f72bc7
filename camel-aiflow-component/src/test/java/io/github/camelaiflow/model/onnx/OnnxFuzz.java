package io.github.camelaiflow.model.onnx;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.Signature;
import io.github.camelaiflow.model.files.ModelLoader;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Loads damaged models and asks those that load; a line before each says which, so that whoever runs this sees the one that
 * ended the JVM. Arguments: how many of each kind, from, to.
 */
final class OnnxFuzz {

    private static final long SEED = 20_261_122;
    private static final int LARGEST = 64;

    private OnnxFuzz() {}

    private static List<Map.Entry<String, OnnxGraphs>> models() {
        List<Map.Entry<String, OnnxGraphs>> models =
                new ArrayList<>(OnnxMlGraphs.all().entrySet());
        models.add(Map.entry("MatMul", OnnxGraphs.sum()));
        models.add(Map.entry("Cast, Sum", OnnxGraphs.named()));
        models.add(Map.entry("ReduceSum, Add, Div", OnnxGraphs.recurrent()));
        return models;
    }

    public static void main(String[] arguments) {
        int each = Integer.parseInt(arguments[0]);
        int refused = 0;
        int answered = 0;
        int failed = 0;
        List<Map.Entry<String, OnnxGraphs>> models = models();
        for (int i = Integer.parseInt(arguments[1]); i < Integer.parseInt(arguments[2]); i++) {
            Map.Entry<String, OnnxGraphs> whole = models.get(i % models.size());
            Random random = new Random(SEED + i);
            Kind kind = Kind.values()[i / each];
            System.out.println("TRY " + i + " " + kind + " " + whole.getKey());
            System.out.flush();
            try (Model model = new ModelLoader()
                    .load(ModelSpec.of("damaged"), kind.damage(whole.getValue().bytes(), random))
                    .model()) {
                try {
                    answered += ask(model, random);
                } catch (ModelException | DataException e) {
                    failed++;
                }
            } catch (ModelException e) {
                refused++;
            }
        }
        System.out.println("DONE " + refused + " refused, " + answered + " answered, " + failed + " not answered");
    }

    /** How a file is damaged. */
    enum Kind {
        FLIPPED,
        TRUNCATED,
        UNFIT;

        private byte[] damage(byte[] bytes, Random random) {
            return switch (this) {
                case FLIPPED -> OnnxMutations.flipped(bytes, random);
                case TRUNCATED -> OnnxMutations.truncated(bytes, random);
                case UNFIT -> OnnxMutations.unfit(bytes, random);
            };
        }
    }

    private static int ask(Model model, Random random) {
        Map<String, Object> arrays = new HashMap<>();
        for (Signature.TensorSpec input : model.signature().inputs()) {
            int[] shape = input.shape().stream()
                    .mapToInt(size -> size < 0 ? 2 : (int) Math.min(size, LARGEST))
                    .toArray();
            arrays.put(input.name(), shape.length == 0 ? (Object) 1 : array(input.type(), shape, random));
        }
        return model.predict(new ModelInput.Tensors(arrays)).isEmpty() ? 0 : 1;
    }

    private static Object array(String type, int[] shape, Random random) {
        Class<?> carrier =
                switch (type) {
                    case "BYTES" -> String.class;
                    case "BOOL" -> boolean.class;
                    case "FP64" -> double.class;
                    case "INT64", "UINT64" -> long.class;
                    case "INT32", "UINT32" -> int.class;
                    case "INT16", "UINT16" -> short.class;
                    case "INT8", "UINT8" -> byte.class;
                    default -> float.class;
                };
        Object array = Array.newInstance(carrier, shape);
        fill(array, carrier, random);
        return array;
    }

    private static void fill(Object array, Class<?> carrier, Random random) {
        for (int i = 0; i < Array.getLength(array); i++) {
            if (array.getClass().getComponentType().isArray()) {
                fill(Array.get(array, i), carrier, random);
            } else if (carrier == String.class) {
                Array.set(array, i, "theft");
            } else if (carrier == boolean.class) {
                Array.setBoolean(array, i, random.nextBoolean());
            } else {
                Array.setByte(array, i, (byte) random.nextInt(10));
            }
        }
    }
}
