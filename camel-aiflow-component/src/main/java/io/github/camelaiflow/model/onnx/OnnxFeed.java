package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.github.camelaiflow.model.features.RowErrors;
import java.util.Map;

/** A value given for one input. */
interface OnnxFeed {

    /** Stands for all rows. */
    int WHOLE = -1;

    /** How many rows it holds; 1 if it isn't a batch. */
    int rows();

    /** Makes its tensors; the caller closes them, also those made before an exception. */
    void tensors(OrtEnvironment environment, Map<String, OnnxTensor> into) throws OrtException;

    /** Adds what is wrong with the row, or for {@link #WHOLE} with any, if anything is. */
    void report(int row, RowErrors errors);
}
