package io.github.camelaiflow.model.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tribuo.protos.core.ModelProto;

/**
 * The classes a Tribuo protobuf may name. Tribuo loads, initialises and calls whatever class the file names, so every
 * name is checked before: it walks the messages with the same generated parsers Tribuo uses, down through every
 * {@code Any}, and takes Tribuo's own classes only, without those that hand bytes of the file to Java deserialisation
 * (LibLinear) or to native parsers (XGBoost, TensorFlow, ONNX inside Tribuo).
 */
final class TribuoClasses {

    private static final int MAX_DEPTH = 64;
    private static final String TRIBUO = "org.tribuo.";
    private static final List<String> PROVENANCE = List.of(TRIBUO, "com.oracle.labs.mlrg.olcut.provenance.");
    private static final List<String> ENUMS = List.of(TRIBUO, "com.oracle.labs.mlrg.olcut.", "java.time.");
    private static final Map<String, String> REASONS = Map.of(
            "crf", "a sequence model answers with a label per element, a record is one",
            "sequence", "a sequence model answers with a label per element, a record is one",
            "liblinear", "LibLinear models hold Java-serialised objects, which are never read",
            "xgboost", "XGBoost's binary form can make its native parser end the JVM: give XGBoost's JSON file itself",
            "tensorflow", "TensorFlow's native parser is not given untrusted files",
            "interop", "external models are not taken inside Tribuo: give the ONNX file itself",
            "hash", "hashed feature names need a salt that is not in the file");
    /** Protobuf packages whose Java package doesn't follow from their name. */
    private static final Map<String, String> PACKAGES = Map.of(
            "tribuo.core", "org.tribuo.protos.core",
            "tribuo.math.impl", "org.tribuo.math.protos",
            "tribuo.regression.tree", "org.tribuo.regression.rtree.protos",
            "tribuo.regression.mnb", "org.tribuo.regression.slm.protos");

    private final Set<String> refused = new LinkedHashSet<>();

    private TribuoClasses() {}

    /** What is refused in the model, each a sentence; empty if all is well. */
    static List<String> refused(ModelProto model) {
        TribuoClasses classes = new TribuoClasses();
        classes.walk(model, 0);
        return List.copyOf(classes.refused);
    }

    private void walk(Message message, int depth) {
        if (depth > MAX_DEPTH) {
            refused.add("it is nested deeper than " + MAX_DEPTH + " levels");
        } else if (message instanceof Any any) {
            walkAny(any, depth);
        } else {
            message.getAllFields().forEach((field, value) -> walkField(message, field, value, depth));
        }
    }

    private void walkField(Message parent, FieldDescriptor field, Object value, int depth) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            if (field.isRepeated()) {
                ((List<?>) value).forEach(element -> walk((Message) element, depth + 1));
            } else {
                walk((Message) value, depth + 1);
            }
        } else if (value instanceof String name) {
            check(parent, field.getName(), name);
        }
    }

    private void check(Message parent, String field, String name) {
        if (field.equals("class_name")) {
            checkClass(name);
        } else if (field.equals("provenance_class_name") && !name.isEmpty()) {
            require(name, PROVENANCE, "provenance");
        } else if (field.equals("additional") && isEnum(parent)) {
            require(name, ENUMS, "an enumeration in its provenance");
        }
    }

    private void checkClass(String name) {
        for (Map.Entry<String, String> reason : REASONS.entrySet()) {
            if (name.startsWith(TRIBUO) && (name + ".").contains("." + reason.getKey() + ".")) {
                refused.add("it holds " + name + ": " + reason.getValue());
                return;
            }
        }
        require(name, List.of(TRIBUO), "a part of the model");
    }

    private void require(String name, List<String> allowed, String role) {
        if (allowed.stream().noneMatch(name::startsWith)) {
            refused.add("it names the class " + name + " as " + role + ", only classes of " + String.join(", ", allowed)
                    + " are taken");
        }
    }

    private static boolean isEnum(Message provenance) {
        FieldDescriptor type = provenance.getDescriptorForType().findFieldByName("provenance_class_name");
        return type != null && provenance.getField(type).toString().endsWith(".EnumProvenance");
    }

    private void walkAny(Any any, int depth) {
        String url = any.getTypeUrl();
        if (url.isEmpty() && any.getValue().isEmpty()) {
            return;
        }
        String type = url.substring(url.lastIndexOf('/') + 1);
        Parser<? extends Message> parser = parser(type);
        if (parser == null) {
            refused.add("it holds a message of type " + type
                    + ", which is not Tribuo's or belongs to a Tribuo module that isn't there");
            return;
        }
        try {
            walk(parser.parseFrom(any.getValue()), depth + 1);
        } catch (InvalidProtocolBufferException e) {
            refused.add("it is truncated or damaged in a message of type " + type);
        }
    }

    /** The parser of a message of Tribuo's; {@code null} if it is none or its module is not there. */
    static Parser<? extends Message> parser(String type) {
        int dot = type.lastIndexOf('.');
        if (dot < 0 || !type.startsWith("tribuo.")) {
            return null;
        }
        String protoPackage = type.substring(0, dot);
        String javaPackage = PACKAGES.getOrDefault(protoPackage, "org." + protoPackage + ".protos");
        try {
            return Class.forName(javaPackage + type.substring(dot), false, TribuoClasses.class.getClassLoader())
                                    .asSubclass(Message.class)
                                    .getMethod("parser")
                                    .invoke(null)
                            instanceof Parser<?> parser
                    ? cast(parser)
                    : null;
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            return null;
        }
    }

    @SuppressWarnings("unchecked") // parser() of a generated message gives a parser of that message
    private static Parser<? extends Message> cast(Parser<?> parser) {
        return (Parser<? extends Message>) parser;
    }
}
