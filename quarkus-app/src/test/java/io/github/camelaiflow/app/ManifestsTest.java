package io.github.camelaiflow.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.cluster.StoreClusterService;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.quarkus.core.events.ComponentAddEvent;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Kubernetes manifests meet Kubernetes' schemas (1.33), and name what the app and each other have. */
class ManifestsTest {

    private static final Path FOLDER = Path.of("src/main/kubernetes");
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Map<String, String> MODELS = Map.ofEntries(
            Map.entry("v1/ServiceAccount", "V1ServiceAccount"),
            Map.entry("v1/ConfigMap", "V1ConfigMap"),
            Map.entry("v1/Secret", "V1Secret"),
            Map.entry("v1/Service", "V1Service"),
            Map.entry("apps/v1/StatefulSet", "V1StatefulSet"),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", "V2HorizontalPodAutoscaler"),
            Map.entry("policy/v1/PodDisruptionBudget", "V1PodDisruptionBudget"),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", "V1NetworkPolicy"),
            Map.entry("rbac.authorization.k8s.io/v1/Role", "V1Role"),
            Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", "V1RoleBinding"));

    /** A document of a file. */
    record Manifest(String file, JsonNode content) {

        String kind() {
            return content.path("kind").asText();
        }

        String name() {
            return content.at("/metadata/name").asText();
        }

        @Override
        public String toString() {
            return file + " " + kind() + " " + name();
        }
    }

    static List<Manifest> manifests() throws IOException {
        List<Manifest> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                if (!file.endsWith("kustomization.yaml")) {
                    read(Files.readString(file))
                            .forEach(json -> found.add(new Manifest("" + file.getFileName(), json)));
                }
            }
        }
        return found;
    }

    private static List<JsonNode> read(String yaml) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll();
        }
    }

    /** Fails on a field that is unknown, missing or of another type, at any depth. */
    private static void check(JsonNode manifest) {
        String kind = manifest.path("apiVersion").asText() + "/"
                + manifest.path("kind").asText();
        assertThat(MODELS).containsKey(kind);
        JsonElement json = JsonParser.parseString(manifest.toString());
        try {
            Class<?> model = Class.forName("io.kubernetes.client.openapi.models." + MODELS.get(kind));
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            Object read = model.getMethod("fromJson", String.class).invoke(null, manifest.toString());
            JsonNode written = new ObjectMapper()
                    .readTree((String) model.getMethod("toJson").invoke(read));
            assertThat(lost(manifest, written, ""))
                    .as("what the model does not know or reads otherwise")
                    .isEmpty();
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The paths of what is in the one and not, or otherwise, in the other. */
    private static List<String> lost(JsonNode wanted, JsonNode found, String path) {
        List<String> lost = new ArrayList<>();
        if (wanted.isObject()) {
            wanted.properties()
                    .forEach(field -> lost.addAll(
                            lost(field.getValue(), found.path(field.getKey()), path + "/" + field.getKey())));
        } else if (wanted.isArray()) {
            for (int i = 0; i < wanted.size(); i++) {
                lost.addAll(lost(wanted.get(i), found.path(i), path + "/" + i));
            }
        } else if (!wanted.equals(found)) {
            lost.add(path);
        }
        return lost;
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void meetsItsSchema(Manifest manifest) {
        check(manifest.content());
    }

    @ParameterizedTest
    @CsvSource({
        "stateful-set.yaml, readinessProbe:, readynessProbe:",
        "stateful-set.yaml, readOnlyRootFilesystem:, readOnlyRootFileSystem:",
        "stateful-set.yaml, terminationGracePeriodSeconds: 40, terminationGracePeriodSeconds: soon",
        "stateful-set.yaml, serviceName:, servicename:",
        "autoscaler.yaml, maxReplicas:, maxReplica:",
        "network-policy.yaml, podSelector:, podSelektor:",
        "disruption-budget.yaml, maxUnavailable:, maxUnavailible:",
        "leases.yaml, verbs:, verb:",
        "services.yaml, targetPort:, targetport:"
    })
    void aSlipIsFound(String file, String right, String wrong) throws IOException {
        String text = Files.readString(FOLDER.resolve(file));
        assertThat(text).contains(right);
        List<JsonNode> documents = read(text.replace(right, wrong));
        assertThatThrownBy(() -> documents.forEach(ManifestsTest::check))
                .satisfiesAnyOf(
                        slip -> assertThat(slip).isInstanceOf(IllegalArgumentException.class),
                        slip -> assertThat(slip).isInstanceOf(AssertionError.class));
    }

    private static JsonNode one(String kind) throws IOException {
        return manifests().stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static JsonNode container() throws IOException {
        return one("StatefulSet").at("/spec/template/spec/containers/0");
    }

    private static Properties defaults() {
        return properties(() -> Files.newInputStream(Path.of("src/main/resources/application.properties")));
    }

    private interface Source {
        InputStream open() throws IOException;
    }

    private static Properties properties(Source source) {
        Properties properties = new Properties();
        try (InputStream in = source.open()) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static Properties configured() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(
                one("ConfigMap").at("/data/application.properties").asText()));
        return properties;
    }

    private static String environmentName(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    @Test
    void whatIsConfiguredIsThere() throws IOException {
        Set<String> known = new TreeSet<>(defaults().stringPropertyNames());
        // the platform's own, without a default of ours
        known.addAll(Set.of("quarkus.profile", "quarkus.shutdown.delay"));
        assertThat(known).containsAll(configured().stringPropertyNames());

        Set<String> variables = new TreeSet<>();
        known.forEach(property -> variables.add(environmentName(property)));
        assertThat(variables)
                .containsAll(container().path("env").findValuesAsText("name").stream()
                        .filter(name -> !name.equals("camel-aiflow"))
                        .toList());
    }

    /** What several pods decide, one store keeps, and one of them acts: the app's own settings make that of the manifests' properties. */
    @Test
    void allPodsShareAStoreAndOneActs() throws Exception {
        Map<String, String> properties = new HashMap<>();
        defaults().forEach((name, value) -> properties.put("" + name, "" + value));
        configured().forEach((name, value) -> properties.put("" + name, "" + value));
        Map<String, String> environment = new HashMap<>();
        for (JsonNode variable : container().path("env")) {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            environment.put(
                    variable.path("name").asText(),
                    secret.isMissingNode()
                            ? "camel-aiflow-0"
                            : one("Secret")
                                    .path("stringData")
                                    .path(secret.path("key").asText())
                                    .asText());
        }
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(properties, "manifests", 100), new EnvConfigSource(environment, 300))
                .build();
        try (CamelContext context = new DefaultCamelContext()) {
            AiflowComponent component = new AiflowComponent();
            component.setCamelContext(context);
            new Cluster(config).added(new ComponentAddEvent(component));

            assertThat(component.getStoreUrl()).startsWith("jdbc:postgresql://");
            assertThat(component.getStoreUsername()).isEqualTo("flows");
            assertThat(component.getStorePassword()).isEqualTo("change-me");
            assertThat(component.getNode()).isEqualTo("camel-aiflow-0");
            assertThat(component.getClusterService()).isInstanceOf(StoreClusterService.class);
            for (String setting : List.of("url", "username", "password")) {
                assertThat(config.getValue("aiflow.cluster.store." + setting, String.class))
                        .isEqualTo(config.getValue("aiflow.store." + setting, String.class));
            }
        }
    }

    @Test
    void portsProbesAndNamesAreTheAppsAndEachOthers() throws IOException {
        JsonNode container = container();
        assertThat(container.at("/ports/0/containerPort").asText())
                .isEqualTo(defaults().getProperty("quarkus.http.port"));
        String port = container.at("/ports/0/name").asText();
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertThat(container.path(probe).at("/httpGet/port").asText()).isEqualTo(port);
            assertThat(container.path(probe).at("/httpGet/path").asText()).startsWith("/q/health/");
        }
        JsonNode labels = one("StatefulSet").at("/spec/template/metadata/labels");
        for (Manifest manifest : manifests()) {
            JsonNode spec = manifest.content().path("spec");
            switch (manifest.kind()) {
                case "Service" -> {
                    assertThat(spec.path("selector")).isEqualTo(labels);
                    assertThat(spec.at("/ports/0/targetPort").asText()).isEqualTo(port);
                }
                case "StatefulSet", "PodDisruptionBudget" ->
                    assertThat(spec.at("/selector/matchLabels")).isEqualTo(labels);
                case "NetworkPolicy" ->
                    assertThat(spec.at("/podSelector/matchLabels")).isEqualTo(labels);
                case "HorizontalPodAutoscaler" ->
                    assertThat(spec.at("/scaleTargetRef/name").asText())
                            .isEqualTo(one("StatefulSet").at("/metadata/name").asText());
                default -> assertThat(spec.isMissingNode()).isTrue();
            }
        }
        JsonNode pod = one("StatefulSet").at("/spec/template/spec");
        assertThat(names("Service"))
                .contains(one("StatefulSet").at("/spec/serviceName").asText());
        assertThat(names("ServiceAccount"))
                .contains(pod.path("serviceAccountName").asText());
        assertThat(names("ConfigMap"))
                .contains(pod.at("/volumes/0/configMap/name").asText());
        for (JsonNode variable : container.path("env")) {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            if (!secret.isMissingNode()) {
                assertThat(names("Secret")).contains(secret.path("name").asText());
                assertThat(one("Secret")
                                .path("stringData")
                                .has(secret.path("key").asText()))
                        .isTrue();
            }
        }
    }

    private static List<String> names(String kind) throws IOException {
        return manifests().stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .map(Manifest::name)
                .toList();
    }

    @Test
    void theGracePeriodIsLongerThanTheDrain() throws IOException {
        Properties properties = defaults();
        properties.putAll(configured());
        Duration drain = Stream.of("quarkus.shutdown.delay", "quarkus.shutdown.timeout")
                .map(name -> Duration.parse("PT" + properties.getProperty(name)))
                .reduce(
                        Duration.ofSeconds(Long.parseLong(properties.getProperty("camel.main.shutdown-timeout"))),
                        Duration::plus);
        assertThat(one("StatefulSet")
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asLong())
                .isGreaterThan(drain.toSeconds());
    }

    @Test
    void thePodMeetsTheRestrictedStandard() throws IOException {
        JsonNode pod = one("StatefulSet").at("/spec/template/spec");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        for (JsonNode container : pod.path("containers")) {
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        }
    }

    @Test
    void staticMembershipIsByThePodsName() throws IOException {
        JsonNode instance = container().path("env").get(0);
        assertThat(instance.path("name").asText()).isEqualTo(environmentName("claims.instance"));
        assertThat(instance.at("/valueFrom/fieldRef/fieldPath").asText()).isEqualTo("metadata.name");
    }

    @Test
    void theListOfManifestsIsWhole() throws IOException {
        JsonNode resources = read(Files.readString(FOLDER.resolve("kustomization.yaml")))
                .get(0)
                .path("resources");
        Set<String> listed = new TreeSet<>(List.of("leases.yaml", "secret.example.yaml"));
        resources.forEach(resource -> listed.add(resource.asText()));
        assertThat(listed)
                .isEqualTo(
                        new TreeSet<>(manifests().stream().map(Manifest::file).toList()));
    }
}
