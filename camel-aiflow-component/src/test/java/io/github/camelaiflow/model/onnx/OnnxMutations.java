package io.github.camelaiflow.model.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages ONNX files: bits, ends, and attributes that no longer fit each other. */
final class OnnxMutations {

    private static final long[] NUMBERS = {
        -1, 0, 1, 2, 3, 7, 1_000_000, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private OnnxMutations() {}

    /** One or two bits the other way. */
    static byte[] flipped(byte[] bytes, Random random) {
        byte[] flipped = bytes.clone();
        for (int i = random.nextInt(2); i >= 0; i--) {
            int bit = random.nextInt(bytes.length * Byte.SIZE);
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
        return flipped;
    }

    /** Without its end. */
    static byte[] truncated(byte[] bytes, Random random) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    /** A whole file in which an attribute is longer, shorter, gone, or holds another number. */
    static byte[] unfit(byte[] bytes, Random random) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(bytes).toBuilder();
            int nodes = model.getGraph().getNodeCount();
            NodeProto.Builder node = model.getGraphBuilder().getNodeBuilder(random.nextInt(nodes));
            if (node.getAttributeCount() > 0) {
                int at = random.nextInt(node.getAttributeCount());
                if (random.nextInt(8) == 0) {
                    node.removeAttribute(at);
                } else {
                    change(node.getAttributeBuilder(at), random);
                }
            }
            return model.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void change(AttributeProto.Builder attribute, Random random) {
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        int kind = random.nextInt(3);
        int ints = attribute.getIntsCount();
        int floats = attribute.getFloatsCount();
        int strings = attribute.getStringsCount();
        if (ints > 0 && kind == 0) {
            attribute.setInts(random.nextInt(ints), number);
        } else if (ints > 0 && kind == 1) {
            attribute.addInts(number);
        } else if (ints > 0) {
            List<Long> kept = attribute.getIntsList().subList(0, random.nextInt(ints));
            attribute.clearInts().addAllInts(List.copyOf(kept));
        } else if (floats > 0 && kind == 0) {
            attribute.setFloats(random.nextInt(floats), number == 0 ? Float.NaN : number);
        } else if (floats > 0 && kind == 1) {
            attribute.addFloats(number);
        } else if (floats > 0) {
            List<Float> kept = attribute.getFloatsList().subList(0, random.nextInt(floats));
            attribute.clearFloats().addAllFloats(List.copyOf(kept));
        } else if (strings > 0 && kind == 0) {
            attribute.setStrings(random.nextInt(strings), ByteString.copyFromUtf8("BRANCH_GT"));
        } else if (strings > 0 && kind == 1) {
            attribute.addStrings(ByteString.copyFromUtf8("more"));
        } else if (strings > 0) {
            List<ByteString> kept = attribute.getStringsList().subList(0, random.nextInt(strings));
            attribute.clearStrings().addAllStrings(List.copyOf(kept));
        } else {
            attribute.setI(number);
        }
    }
}
