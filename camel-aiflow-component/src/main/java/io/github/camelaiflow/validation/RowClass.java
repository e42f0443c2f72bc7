package io.github.camelaiflow.validation;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.SIPUSH;
import static org.objectweb.asm.Opcodes.V17;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Generates a {@link Row} class for a number of columns. It is a hidden class: unloaded when the validator that uses it
 * is gone.
 */
final class RowClass {

    /** A class file's constant pool holds no more fields than about this. */
    static final int MAX_COLUMNS = 20_000;

    /** Columns per fill method, small enough for the JIT compiler, which leaves methods above 8,000 bytes alone. */
    private static final int PER_METHOD = 512;

    private static final String OBJECT = Type.getDescriptor(Object.class);
    private static final String FILL = "([Ljava/lang/Object;)V";

    private final int columns;
    private final String name = Type.getInternalName(RowClass.class).replace("RowClass", "GeneratedRow");
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

    private RowClass(int columns) {
        this.columns = columns;
    }

    /** A new row class with these columns. */
    static Class<? extends Row> define(int columns) {
        try {
            byte[] bytes = new RowClass(columns).bytes();
            return MethodHandles.lookup()
                    .defineHiddenClass(bytes, true)
                    .lookupClass()
                    .asSubclass(Row.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a class may always be defined beside this one", e);
        }
    }

    /** Makes rows of that class. */
    static Supplier<Row> constructor(Class<? extends Row> type) {
        try {
            var constructor = MethodHandles.lookup()
                    .findConstructor(type, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Row.class));
            return () -> {
                try {
                    return (Row) constructor.invokeExact();
                } catch (Throwable e) {
                    throw new IllegalStateException("a generated row is created without arguments", e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated row has a public constructor", e);
        }
    }

    static String field(int column) {
        return "f" + column;
    }

    private byte[] bytes() {
        String[] interfaces = {Type.getInternalName(Row.class)};
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL | ACC_SUPER, name, null, "java/lang/Object", interfaces);
        for (int i = 0; i < columns; i++) {
            writer.visitField(ACC_PUBLIC, field(i), OBJECT, null, null).visitEnd();
        }
        constructor();
        for (int from = 0; from < columns; from += PER_METHOD) {
            fillSome(from, Math.min(columns, from + PER_METHOD));
        }
        fill();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void constructor() {
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        end(code);
    }

    private void fillSome(int from, int to) {
        MethodVisitor code = writer.visitMethod(ACC_PRIVATE, "fill" + from, FILL, null, null);
        for (int i = from; i < to; i++) {
            code.visitVarInsn(ALOAD, 0);
            code.visitVarInsn(ALOAD, 1);
            code.visitIntInsn(SIPUSH, i);
            code.visitInsn(AALOAD);
            code.visitFieldInsn(PUTFIELD, name, field(i), OBJECT);
        }
        end(code);
    }

    private void fill() {
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "fill", FILL, null, null);
        for (int from = 0; from < columns; from += PER_METHOD) {
            code.visitVarInsn(ALOAD, 0);
            code.visitVarInsn(ALOAD, 1);
            code.visitMethodInsn(INVOKESPECIAL, name, "fill" + from, FILL, false);
        }
        end(code);
    }

    private static void end(MethodVisitor code) {
        code.visitInsn(RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
