package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools know of the component: the catalogue, the generated code and the class index. */
class CatalogTest {

    private static final String JSON = "META-INF/io/github/camelaiflow/aiflow.json";
    private static final String SERVICES = "META-INF/services/org/apache/camel/";
    private static final CamelCatalog CATALOG = catalog();

    private static CamelCatalog catalog() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("aiflow", AiflowComponent.class.getName(), text(JSON));
        return catalog;
    }

    private static String text(String resource) {
        try (InputStream in = CatalogTest.class.getClassLoader().getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ComponentModel component() {
        return CATALOG.componentModel("aiflow");
    }

    static Stream<BaseOptionModel> options() {
        return Stream.of(component().getEndpointOptions(), component().getComponentOptions())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionIsTypedAndDescribed(BaseOptionModel option) {
        assertThat(option.getType()).isNotBlank();
        if (!List.of("exceptionHandler", "clusterService").contains(option.getName()) && !option.isMultiValue()) {
            assertThat(option.getType()).isNotEqualTo("object");
        }
        assertThat(option.getJavaType()).isNotBlank();
        assertThat(option.getGroup()).isNotBlank();
        assertThat(option.getDescription()).hasSizeGreaterThan(15).matches("[A-Z].*\\.");
        if ("boolean".equals(option.getType())
                || "enum".equals(option.getType()) && !option.getName().equals("exchangePattern")
                || "duration".equals(option.getType())) {
            assertThat(option.isRequired() || option.getDefaultValue() != null)
                    .as("%s has a default", option.getName())
                    .isTrue();
        }
    }

    static Stream<ComponentModel.EndpointHeaderModel> headers() {
        return component().getEndpointHeaders().stream();
    }

    @ParameterizedTest
    @MethodSource("headers")
    void everyHeaderIsTypedAndDescribed(ComponentModel.EndpointHeaderModel header) throws Exception {
        assertThat(header.getName()).startsWith("CamelAiflow");
        assertThat(header.getDescription()).isNotBlank();
        String type = header.getJavaType();
        assertThat(Class.forName(type.contains(".") ? type : "java.lang." + type))
                .isNotNull();
    }

    /** A default the catalogue shows is the one in force; where Java has none, the definition may say otherwise. */
    @Test
    void theDefaultsShownAreThoseInForce() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Component component = context.getComponent("aiflow");
            assertDefaults(context, component, component().getComponentOptions());
            for (String uri : List.of("aiflow:infer:claims", "aiflow:events:claims")) {
                Endpoint endpoint = context.getEndpoint(uri);
                assertDefaults(context, endpoint, component().getEndpointParameterOptions());
            }
        }
    }

    private static void assertDefaults(
            DefaultCamelContext context, Object target, List<? extends BaseOptionModel> options) {
        String name = target instanceof Component ? "aiflow-component" : "aiflow-endpoint";
        PropertyConfigurer configurer =
                PluginHelper.getConfigurerResolver(context).resolvePropertyConfigurer(name, context);
        assertThat(configurer).isInstanceOf(PropertyConfigurerGetter.class);
        for (BaseOptionModel option : options) {
            Object value = ((PropertyConfigurerGetter) configurer).getOptionValue(target, option.getName(), false);
            if (value != null
                    && !List.of("threads", "exchangePattern", "kafkaProperties").contains(option.getName())) {
                assertThat(String.valueOf(option.getDefaultValue()))
                        .as("default of %s", option.getName())
                        .isEqualToIgnoringCase(value.toString());
            }
        }
    }

    static List<DocumentedUris.Shown> shown() {
        return DocumentedUris.find();
    }

    @ParameterizedTest
    @MethodSource("shown")
    void everyUriThatDocumentsAndExamplesShowIsValid(DocumentedUris.Shown shown) {
        EndpointValidationResult result = CATALOG.validateEndpointProperties(shown.uri());

        assertThat(result.isSuccess())
                .as("%s%n%s", shown, result.summaryErrorMessage(false))
                .isTrue();
    }

    @Test
    void urisAreFoundInEveryForm() {
        assertThat(shown())
                .contains(
                        new DocumentedUris.Shown(
                                "examples/src/main/resources/yaml/parcels.camel.yaml",
                                "aiflow:validate:parcels?onInvalid=split"),
                        new DocumentedUris.Shown(
                                "routes/src/main/resources/templates/aiflow-decide.camel.yaml",
                                "aiflow:infer:{{flow}}?models={{fallback}}"),
                        new DocumentedUris.Shown(
                                "examples/src/main/java/io/github/camelaiflow/examples/JavaDslExample.java",
                                "aiflow:drift:claims"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aiflow:score:claims",
                "aiflow:infer:claims?modell=x",
                "aiflow:infer:claims?onError=skip",
                "aiflow:drift:claims?falseAlarms=many",
                "aiflow:events:claims?queueSize=many"
            })
    void mistakesAreFound(String uri) {
        assertThat(CATALOG.validateEndpointProperties(uri).isSuccess()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "component/aiflow",
                "configurer/aiflow-component",
                "configurer/aiflow-endpoint",
                "urifactory/aiflow-endpoint",
                "transformer/aiflow-decision-json",
                "transformer/aiflow-decision-avro"
            })
    void whatWasGeneratedIsRegisteredAndIndexed(String service) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(text(SERVICES + service)));

        assertRegistered(properties.getProperty("class"));
    }

    @Test
    void typeConvertersAreRegisteredAndIndexed() throws Exception {
        List<String> loaders = text(SERVICES + "TypeConverterLoader")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(loaders).containsExactly("io.github.camelaiflow.AiflowConvertersLoader");
        assertRegistered(loaders.get(0));
    }

    private static void assertRegistered(String name) throws Exception {
        assertThat(Class.forName(name).getDeclaredConstructor().newInstance()).isNotNull();
        try (InputStream in = Files.newInputStream(Path.of("target/classes/META-INF/jandex.idx"))) {
            Index index = new IndexReader(in).read();
            assertThat(index.getClassByName(name)).as("%s in the index", name).isNotNull();
        }
    }
}
