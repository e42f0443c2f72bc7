package io.github.camelaiflow.validation;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ALOAD;
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
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Generates a {@link Row} class with a number of columns. It is a hidden class: unloaded when the validator that uses it
 * is gone.
 */
final class RowClass {

    /**
     * Hibernate Validator takes time quadratic in the fields of one class to read it, and the JIT compiler leaves methods
     * above 8,000 bytes alone: more columns go into further classes.
     */
    static final int MAX_COLUMNS = 256;

    private static final String OBJECT = Type.getDescriptor(Object.class);
    private static final String NAME = Type.getInternalName(RowClass.class).replace("RowClass", "GeneratedRow");

    private final Class<? extends Row> type;
    private final MethodHandle constructor;

    /** @throws IllegalArgumentException if there are more than {@link #MAX_COLUMNS} */
    RowClass(int columns) {
        if (columns > MAX_COLUMNS) {
            throw new IllegalArgumentException("a row has at most " + MAX_COLUMNS + " columns, was " + columns);
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes(columns), true);
            this.type = lookup.lookupClass().asSubclass(Row.class);
            this.constructor = lookup.findConstructor(type, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Row.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a class may be defined beside this one, with a public constructor", e);
        }
    }

    Class<? extends Row> type() {
        return type;
    }

    Row newRow() {
        try {
            return (Row) constructor.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("a generated row is created without arguments", e);
        }
    }

    static String field(int column) {
        return "f" + column;
    }

    private static byte[] bytes(int columns) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        String[] interfaces = {Type.getInternalName(Row.class)};
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER, NAME, null, "java/lang/Object", interfaces);
        for (int i = 0; i < columns; i++) {
            writer.visitField(ACC_PUBLIC, field(i), OBJECT, null, null).visitEnd();
        }
        MethodVisitor constructor = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        end(constructor);
        fill(writer.visitMethod(ACC_PUBLIC, "fill", "([Ljava/lang/Object;I)V", null, null), columns);
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** {@code f0 = values[from + 0]; f1 = values[from + 1]; …} */
    private static void fill(MethodVisitor code, int columns) {
        for (int i = 0; i < columns; i++) {
            code.visitVarInsn(ALOAD, 0);
            code.visitVarInsn(ALOAD, 1);
            code.visitVarInsn(ILOAD, 2);
            code.visitIntInsn(SIPUSH, i);
            code.visitInsn(IADD);
            code.visitInsn(AALOAD);
            code.visitFieldInsn(PUTFIELD, NAME, field(i), OBJECT);
        }
        end(code);
    }

    private static void end(MethodVisitor code) {
        code.visitInsn(RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
