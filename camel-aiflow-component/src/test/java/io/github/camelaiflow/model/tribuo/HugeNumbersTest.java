package io.github.camelaiflow.model.tribuo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.sun.management.ThreadMXBean;
import io.github.camelaiflow.model.Model;
import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.model.ModelInput;
import io.github.camelaiflow.model.ModelSpec;
import io.github.camelaiflow.model.files.ModelLoader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tribuo.protos.core.ModelProto;

/** One number of the file at a time is made huge, or negative: what it declares is not allocated, nor counted to. */
class HugeNumbersTest {

    private static final int PER_MODEL = Integer.getInteger("aiflow.mutations", 100);
    private static final long MOST_BYTES = 64L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Counts down to the number that is changed. */
    private static final class Change {
        private final Object to;
        private int left;
        private String what;

        Change(int index, Object to) {
            this.left = index;
            this.to = to;
        }

        private Object apply(FieldDescriptor field, Object value) throws InvalidProtocolBufferException {
            if (value instanceof Any any && !any.getTypeUrl().isEmpty()) {
                String type = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
                Message inside = TribuoClasses.parser(type).parseFrom(any.getValue());
                return any.toBuilder().setValue(apply(inside).toByteString()).build();
            }
            if (value instanceof Message message) {
                return apply(message);
            }
            boolean number = value instanceof Integer || value instanceof Long;
            if (number && left-- == 0) {
                what = field.getFullName() + " = " + to;
                Number huge = (Number) to;
                return value instanceof Integer ? (Object) huge.intValue() : (Object) huge.longValue();
            }
            return value;
        }

        Message apply(Message message) throws InvalidProtocolBufferException {
            Message.Builder changed = message.toBuilder();
            for (var field : message.getAllFields().entrySet()) {
                if (field.getKey().isMapField()) {
                    continue;
                }
                if (field.getKey().isRepeated()) {
                    List<Object> values = new ArrayList<>();
                    for (Object value : (List<?>) field.getValue()) {
                        values.add(apply(field.getKey(), value));
                    }
                    changed.setField(field.getKey(), values);
                } else {
                    changed.setField(field.getKey(), apply(field.getKey(), field.getValue()));
                }
            }
            return changed.build();
        }
    }

    @TestFactory
    Stream<DynamicTest> areNotBelieved() {
        return ModelZoo.all().entrySet().stream()
                .map(model -> DynamicTest.dynamicTest(
                        model.getKey(),
                        () -> assertTimeoutPreemptively(
                                Duration.ofMinutes(10),
                                () -> assertNotBelieved(model.getValue().serialize()))));
    }

    private static void assertNotBelieved(ModelProto whole) throws InvalidProtocolBufferException {
        Change count = new Change(Integer.MAX_VALUE, 0);
        count.apply(whole);
        int numbers = Integer.MAX_VALUE - count.left;
        assertThat(numbers).isPositive();
        Random random = new Random(1);
        for (int i = 0; i < PER_MODEL; i++) {
            Object to = List.of(Integer.MAX_VALUE - 8, -1, 100_000_000).get(i % 3);
            Change change = new Change(numbers <= PER_MODEL ? i % numbers : random.nextInt(numbers), to);
            byte[] bytes = change.apply(whole).toByteArray();
            assertHarmless(change.what, bytes);
        }
    }

    private static void assertHarmless(String what, byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try (Model model =
                new ModelLoader().load(ModelSpec.of("models/claims"), bytes).model()) {
            model.predict(new ModelInput.Rows(TrainedModels.claims(2, 1)));
        } catch (ModelException e) {
            assertThat(e).as(what).hasMessageContaining("models/claims");
        } catch (Throwable e) {
            throw new AssertionError(what, e);
        } finally {
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).as(what).isLessThan(MOST_BYTES + 100L * bytes.length);
        }
    }
}
