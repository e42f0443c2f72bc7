package io.github.camelaiflow.model.onnx;

import java.lang.reflect.Array;
import java.util.List;

/** Ranks, shapes and sizes of Java arrays. */
final class OnnxShapes {

    private OnnxShapes() {}

    /** How many dimensions the array's type has; 0 for what is no array. */
    static int depth(Object array) {
        int depth = 0;
        Class<?> type = array == null ? null : array.getClass();
        for (; type != null && type.isArray(); type = type.getComponentType()) {
            depth++;
        }
        return depth;
    }

    /**
     * The shape along the first elements, and the wanted one where there are none.
     *
     * @param wanted sizes, -1 for any; {@code null} for any shape
     * @return {@code null} if it isn't the wanted one
     */
    static long[] of(List<Long> wanted, Object array) {
        long[] shape = new long[wanted == null ? depth(array) : wanted.size()];
        Object level = array;
        for (int i = 0; i < shape.length; i++) {
            long size = wanted == null ? -1 : wanted.get(i);
            shape[i] = level != null && level.getClass().isArray() ? Array.getLength(level) : Math.max(0, size);
            if (size >= 0 && size != shape[i]) {
                return null;
            }
            boolean inner =
                    level != null && i < shape.length - 1 && level.getClass().isArray();
            level = inner && Array.getLength(level) > 0 ? Array.get(level, 0) : null;
        }
        return shape;
    }

    /** How many elements there are; negative if anything on the way to them is {@code null} or no array. */
    static long count(Object array) {
        if (!(array instanceof Object[] nested) || array instanceof String[]) {
            return array != null && array.getClass().isArray() ? Array.getLength(array) : Integer.MIN_VALUE;
        }
        long count = 0;
        for (Object element : nested) {
            count += count(element);
        }
        return count;
    }
}
