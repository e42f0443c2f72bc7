package io.github.camelaiflow;

import io.github.camelaiflow.avro.SchemaRegistryException;
import io.github.camelaiflow.data.DataException.Reason;
import java.util.List;
import java.util.Set;
import org.apache.camel.ValidationException;
import org.apache.camel.util.ObjectHelper;

/**
 * Why a record could not be decided, in stable words and without any value of it.
 *
 * @param stage {@code decode}, {@code validate}, {@code infer} or {@code route}
 * @param reason a reason of the data, {@code MODEL}, {@code MODEL_RETRYABLE}, {@code SCHEMA_REGISTRY}, {@code UNKNOWN} or the simple
 *     name of another exception
 * @param fields names of the fields concerned, in order
 */
public record Failure(String stage, String reason, List<String> fields) {

    private static final Set<Reason> UNREADABLE = Set.of(Reason.UNDECODABLE, Reason.UNSUPPORTED_BODY);

    public Failure {
        fields = List.copyOf(fields);
    }

    /** What an exception stands for; {@code null} is of reason {@code UNKNOWN}. */
    public static Failure of(Throwable caught) {
        AiflowDataException data = ObjectHelper.getException(AiflowDataException.class, caught);
        AiflowModelException model = ObjectHelper.getException(AiflowModelException.class, caught);
        if (data != null) {
            String stage = UNREADABLE.contains(data.getReason()) ? "decode" : data.getStage();
            return new Failure(stage, data.getReason().name(), data.getFields());
        }
        if (model != null) {
            return new Failure("infer", model.isRetryable() ? "MODEL_RETRYABLE" : "MODEL", List.of());
        }
        if (ObjectHelper.getException(SchemaRegistryException.class, caught) != null) {
            return new Failure("decode", "SCHEMA_REGISTRY", List.of());
        }
        return new Failure("route", reason(caught), List.of());
    }

    private static String reason(Throwable caught) {
        if (caught == null) {
            return "UNKNOWN";
        }
        return ObjectHelper.getException(ValidationException.class, caught) != null
                ? "INVALID"
                : caught.getClass().getSimpleName();
    }
}
