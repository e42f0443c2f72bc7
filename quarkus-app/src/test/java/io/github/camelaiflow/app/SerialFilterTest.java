package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter.Config;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** No library in this process reads objects that do something when they are read. */
@QuarkusTest
class SerialFilterTest {

    private static final AtomicInteger RUN = new AtomicInteger();

    /** Does something when it is read, as links of gadget chains do. */
    private static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            RUN.incrementAndGet();
        }
    }

    private static Object copy(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @Test
    void gadgetsAreRefusedWhereverTheyStand() {
        assertThat(Config.getSerialFilter()).isNotNull();
        Object[] carriers = {
            new Gadget(), new Gadget[] {new Gadget()}, new ArrayList<>(List.of(new Gadget())), Map.of("k", new Gadget())
        };
        for (Object carrier : carriers) {
            assertThatThrownBy(() -> copy(carrier)).isInstanceOf(InvalidClassException.class);
        }
        assertThat(RUN).hasValue(0);
    }

    /** A map with such a key asks a server for its name while it is read (CVE-2026-42527). */
    @Test
    void whatCallsServersIsRefused() {
        Map<Object, String> map = new HashMap<>();
        map.put(URI.create("http://callback.invalid"), "x");

        assertThatThrownBy(() -> copy(map)).isInstanceOf(InvalidClassException.class);
    }

    @Test
    void proxiesAreRefused() {
        Object proxy = java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Comparable.class},
                (java.lang.reflect.InvocationHandler & Serializable) (self, method, arguments) -> null);

        assertThatThrownBy(() -> copy(proxy)).isInstanceOf(InvalidClassException.class);
    }

    @Test
    void plainValuesPass() throws Exception {
        Map<String, Object> value = new HashMap<>(Map.of("a", 1, "b", List.of("c", 2.5)));

        assertThat(copy(value)).isEqualTo(value);
    }

    @Test
    void theImageAndTheDocumentHaveTheSameFilter() throws IOException {
        assertThat(Files.readString(Path.of("src/main/docker/Dockerfile")))
                .contains("\"-Djdk.serialFilter=" + SerialFilter.PATTERN + "\"");
        assertThat(Files.readString(Path.of("../docs/security-model.md")))
                .contains("-Djdk.serialFilter='" + SerialFilter.PATTERN + "'");
    }

    @Test
    void modelsAreLoadedAndAnswer() {
        String decision =
                Http.postJson("/claims", Claims.fraud("S-1").toString()).body();

        assertThat(decision).contains("\"label\":\"fraud\"");
    }
}
