package io.github.camelaiflow.validation.jakarta;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.IADD;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.SIPUSH;
import static org.objectweb.asm.Opcodes.V17;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Generates a {@link Row} class with fields of given types. It is a hidden class: unloaded when the validator that uses it
 * is gone.
 */
public final class RowClass {

    /**
     * Hibernate Validator takes time quadratic in the fields of one class to read it, and the JIT compiler leaves methods
     * above 8,000 bytes alone: more fields go into further classes.
     */
    public static final int MAX_FIELDS = 256;

    private static final String NAME = Type.getInternalName(RowClass.class).replace("RowClass", "GeneratedRow");

    private final Class<? extends Row> type;
    private final MethodHandle constructor;

    /** With so many fields of type Object. */
    public RowClass(int fields) {
        this(Collections.nCopies(fields, Object.class));
    }

    /**
     * With one field of each of these types, in order.
     *
     * @param fields types for which {@link #mayHold} holds
     * @throws IllegalArgumentException if there are more than {@link #MAX_FIELDS}
     */
    public RowClass(List<? extends Class<?>> fields) {
        if (fields.size() > MAX_FIELDS) {
            throw new IllegalArgumentException("a row has at most " + MAX_FIELDS + " fields, was " + fields.size());
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes(fields), true);
            this.type = lookup.lookupClass().asSubclass(Row.class);
            this.constructor = lookup.findConstructor(type, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Row.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a class may be defined beside this one, with a public constructor", e);
        }
    }

    /** Whether a field may be of that type: a public one, seen from here as the class it is. */
    public static boolean mayHold(Class<?> type) {
        try {
            Class<?> element = type;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            for (Class<?> outer = element; outer != null; outer = outer.getDeclaringClass()) {
                if (!Modifier.isPublic(outer.getModifiers())) {
                    return false;
                }
            }
            return Class.forName(type.getName(), false, RowClass.class.getClassLoader()) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** The generated class. */
    public Class<? extends Row> type() {
        return type;
    }

    /** A row whose fields are all {@code null}. */
    public Row newRow() {
        try {
            return (Row) constructor.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("a generated row is created without arguments", e);
        }
    }

    /** The name of a field. */
    public static String field(int index) {
        return "f" + index;
    }

    private static byte[] bytes(List<? extends Class<?>> fields) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        String[] interfaces = {Type.getInternalName(Row.class)};
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER, NAME, null, "java/lang/Object", interfaces);
        for (int i = 0; i < fields.size(); i++) {
            writer.visitField(ACC_PUBLIC, field(i), Type.getDescriptor(fields.get(i)), null, null)
                    .visitEnd();
        }
        MethodVisitor constructor = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        end(constructor);
        fill(writer.visitMethod(ACC_PUBLIC, "fill", "([Ljava/lang/Object;I)V", null, null), fields);
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** {@code f0 = (T0) values[from + 0]; f1 = (T1) values[from + 1]; …} */
    private static void fill(MethodVisitor code, List<? extends Class<?>> fields) {
        for (int i = 0; i < fields.size(); i++) {
            Class<?> type = fields.get(i);
            code.visitVarInsn(ALOAD, 0);
            code.visitVarInsn(ALOAD, 1);
            code.visitVarInsn(ILOAD, 2);
            code.visitIntInsn(SIPUSH, i);
            code.visitInsn(IADD);
            code.visitInsn(AALOAD);
            if (type != Object.class) {
                code.visitTypeInsn(CHECKCAST, Type.getInternalName(type));
            }
            code.visitFieldInsn(PUTFIELD, NAME, field(i), Type.getDescriptor(type));
        }
        end(code);
    }

    private static void end(MethodVisitor code) {
        code.visitInsn(RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
