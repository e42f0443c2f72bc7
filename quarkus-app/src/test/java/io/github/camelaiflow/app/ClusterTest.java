package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.cluster.StoreClusterService;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.quarkus.core.events.ComponentAddEvent;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The app's own properties choose the component's cluster service. */
class ClusterTest {

    private final CamelContext context = new DefaultCamelContext();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        context.stop();
    }

    /** A component beside the app's defaults and these. */
    private AiflowComponent component(Map<String, String> more) throws Exception {
        Properties defaults = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            defaults.load(in);
        }
        Map<String, String> properties = new HashMap<>();
        defaults.forEach((name, value) -> {
            if (name.toString().startsWith("aiflow.") || name.equals("claims.instance")) {
                properties.put(name.toString(), value.toString());
            }
        });
        properties.putAll(more);
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
        AiflowComponent component = new AiflowComponent();
        component.setCamelContext(context);
        new Cluster(config).added(new ComponentAddEvent(component));
        return component;
    }

    @Test
    void byDefaultThereIsNone() throws Exception {
        AiflowComponent component = component(Map.of());
        assertThat(component.getClusterService()).isNull();
        assertThat(component.getNode()).isNull();
    }

    @Test
    void theStoreOfFlowsThatNameNoneIsByProperty() throws Exception {
        assertThat(component(Map.of()).getStoreUrl()).isNull();
        AiflowComponent component = component(Map.of(
                "aiflow.store.url", "jdbc:h2:mem:flows",
                "aiflow.store.username", "flows",
                "aiflow.store.password", "#secret",
                "aiflow.cluster", "store"));
        assertThat(component.getStoreUrl()).isEqualTo("jdbc:h2:mem:flows");
        assertThat(component.getStoreUsername()).isEqualTo("flows");
        assertThat(component.getStorePassword()).isEqualTo("#secret");
        context.addService(component.getClusterService());
        context.start();
        component.getClusterService().getView("aiflow-claims");
        await("its lease is there too")
                .atMost(Duration.ofSeconds(60))
                .until(() -> component.getClusterService().isLeader("aiflow-claims"));
    }

    @Test
    void theInstanceIsTheNode() throws Exception {
        assertThat(component(Map.of("claims.instance", "claims-1")).getNode()).isEqualTo("claims-1");
    }

    @Test
    void fileLocksAreSetUp() throws Exception {
        CamelClusterService service = component(
                        Map.of("aiflow.cluster", "file", "aiflow.cluster.file.root", folder.toString()))
                .getClusterService();
        assertThat(service).isInstanceOfSatisfying(FileLockClusterService.class, files -> {
            assertThat(files.getRoot()).isEqualTo(folder.toString());
            assertThat(files.getAcquireLockInterval()).isOne();
            assertThat(files.getHeartbeatTimeoutMultiplier()).isEqualTo(3);
        });
    }

    @Test
    void aLeaseInADatabaseIsSetUpAndLeads() throws Exception {
        CamelClusterService service = component(Map.of(
                        "aiflow.cluster",
                        "store",
                        "aiflow.cluster.store.url",
                        "jdbc:h2:mem:cluster",
                        "aiflow.cluster.store.lease",
                        "2s",
                        "claims.instance",
                        "claims-1"))
                .getClusterService();
        assertThat(service).isInstanceOf(StoreClusterService.class);
        context.addService(service);
        context.start();
        assertThat(service.getView("aiflow-claims").getLocalMember().getId()).startsWith("claims-1-");
        await().atMost(Duration.ofSeconds(60)).until(() -> service.isLeader("aiflow-claims"));
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() -> component(Map.of("aiflow.cluster", "kubernetes")))
                .hasMessageContaining("-Pkubernetes");
        assertThatThrownBy(() -> component(Map.of("aiflow.cluster", "paxos")))
                .hasMessageContaining("aiflow.cluster must be none, file, store or kubernetes");
    }
}
