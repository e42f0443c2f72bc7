package io.github.camelaiflow.model.tribuo;

import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;

/**
 * An example over arrays that are sorted by name already. Tribuo's own constructors copy the arrays and sort them
 * again, which costs more than a small model's prediction; predictions only read them.
 */
final class EncodedExample<T extends Output<T>> extends ArrayExample<T> {

    private static final long serialVersionUID = 1L;

    /** @param names sorted and unique; not changed, and may be shared between examples */
    EncodedExample(T output, String[] names, double[] values) {
        super(output, 1f, 0);
        featureNames = names;
        featureValues = values;
        size = names.length;
    }
}
