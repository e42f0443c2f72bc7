package io.github.camelaiflow.claims.training;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.config.protobuf.ProtoProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.protos.ClassificationLinearSGDProto;
import org.tribuo.common.tree.protos.TreeModelProto;
import org.tribuo.protos.core.ModelDataProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;
import org.tribuo.provenance.EnsembleModelProvenance;
import org.tribuo.provenance.ModelProvenance;

/**
 * Makes a trained model's provenance the same in every build. Tribuo's trainers stamp a model, and each member of an
 * ensemble, with the time and with the Java version, system and processor they ran on; nothing else of a model differs
 * between two seeded trainings.
 */
final class Provenances {

    private static final ProtoProvenanceSerialization SERIALIZER = new ProtoProvenanceSerialization(false);
    private static final String TIME = "trained-at";
    private static final String MEMBERS = "member-provenance";

    private final OffsetDateTime time;

    /** Stamps models with that time. */
    Provenances(OffsetDateTime time) {
        this.time = time;
    }

    /** The model as a protobuf with a pinned provenance. */
    ModelProto pin(Model<Label> model) {
        try {
            return pin(model.serialize());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Tribuo must read what it wrote", e);
        }
    }

    private ModelProto pin(ModelProto model) throws InvalidProtocolBufferException {
        return model.toBuilder()
                .setSerializedData(pin(model.getSerializedData()))
                .build();
    }

    private Any pin(Any data) throws InvalidProtocolBufferException {
        if (data.is(TreeModelProto.class)) {
            TreeModelProto tree = data.unpack(TreeModelProto.class);
            return Any.pack(
                    tree.toBuilder().setMetadata(pin(tree.getMetadata())).build());
        }
        if (data.is(ClassificationLinearSGDProto.class)) {
            ClassificationLinearSGDProto linear = data.unpack(ClassificationLinearSGDProto.class);
            return Any.pack(
                    linear.toBuilder().setMetadata(pin(linear.getMetadata())).build());
        }
        WeightedEnsembleModelProto ensemble = data.unpack(WeightedEnsembleModelProto.class);
        WeightedEnsembleModelProto.Builder pinned =
                ensemble.toBuilder().setMetadata(pin(ensemble.getMetadata())).clearModels();
        for (ModelProto member : ensemble.getModelsList()) {
            pinned.addModels(pin(member));
        }
        return Any.pack(pinned.build());
    }

    private ModelDataProto pin(ModelDataProto metadata) {
        ModelProvenance provenance = (ModelProvenance)
                ProvenanceUtil.unmarshalProvenance(SERIALIZER.deserializeFromProto(metadata.getProvenance()));
        return metadata.toBuilder()
                .setProvenance(SERIALIZER.serializeToProto(ProvenanceUtil.marshalProvenance(pin(provenance))))
                .build();
    }

    private ModelProvenance pin(ModelProvenance provenance) {
        Map<String, Provenance> fields = new LinkedHashMap<>();
        provenance.forEach(field -> fields.put(field.getA(), field.getB()));
        fields.put(TIME, new DateTimeProvenance(TIME, time));
        for (String machine : new String[] {"java-version", "os-name", "os-arch"}) {
            fields.put(machine, new StringProvenance(machine, "any"));
        }
        if (provenance instanceof EnsembleModelProvenance ensemble) {
            fields.put(
                    MEMBERS,
                    new ListProvenance<>(ensemble.getMemberProvenance().getList().stream()
                            .map(this::pin)
                            .toList()));
            return new EnsembleModelProvenance(fields);
        }
        return new ModelProvenance(fields);
    }
}
