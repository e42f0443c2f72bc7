package io.github.camelaiflow.it.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.lint.LintMode;
import java.io.IOException;
import java.io.Reader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.component.rest.RestComponent;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** Routes that lose nothing break no rule: those we ship, with and without Kafka, those of the examples, and ordinary ones. */
class OrdinaryRoutesIT {

    private static final Path ROOT = Path.of("..");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]+)}");
    private static final String SERVERS = "localhost:1";

    /** The app's own properties, of its profile kafka too if wanted. */
    private static Properties app(boolean kafka) throws IOException {
        Properties all = new Properties();
        try (Reader file =
                Files.newBufferedReader(ROOT.resolve("quarkus-app/src/main/resources/application.properties"))) {
            all.load(file);
        }
        Properties app = new Properties();
        for (String name : all.stringPropertyNames()) {
            if (!name.startsWith("%") && !app.containsKey(name)) {
                app.setProperty(name, all.getProperty(name));
            } else if (kafka && name.startsWith("%kafka.")) {
                app.setProperty(name.substring("%kafka.".length()), all.getProperty(name));
            }
        }
        app.stringPropertyNames().forEach(name -> app.setProperty(name, expanded(app, app.getProperty(name))));
        return app;
    }

    private static String expanded(Properties app, String value) {
        Matcher matcher = EXPRESSION.matcher(value);
        return matcher.replaceAll(
                match -> Matcher.quoteReplacement(expanded(app, app.getProperty(match.group(1), "unknown"))));
    }

    private static List<Path> yaml(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static void load(LabContext context, List<Path> files) throws Exception {
        for (Path file : files) {
            Resource resource = ResourceHelper.fromString(file.getFileName().toString(), Files.readString(file));
            PluginHelper.getRoutesLoader(context).loadRoutes(resource);
        }
    }

    @Test
    void theShippedRoutesBreakNoRule() throws Exception {
        for (boolean kafka : new boolean[] {false, true}) {
            try (LabContext context = Lab.context(SERVERS)) {
                app(kafka).forEach((name, value) -> context.getPropertiesComponent()
                        .addInitialProperty(name.toString(), value.toString()));
                AiflowComponent aiflow = context.getComponent("aiflow", AiflowComponent.class);
                aiflow.setLint(LintMode.FAIL);
                load(context, yaml("routes/src/main/resources/templates"));
                load(context, yaml("routes/src/main/resources/routes"));
                context.init();
                assertThat(context.getRouteDefinitions()).hasSizeGreaterThan(20);
                assertThat(aiflow.lintReport().suppressed()).isEmpty();
                assertThat(aiflow.lintReport().violations()).isEmpty();
            }
        }
    }

    @Test
    void ordinaryRoutesBreakNoRule() throws Exception {
        try (LabContext context = Lab.context(SERVERS, Lab.routes(builder -> {
            builder.from("timer:tick?period=60000").setBody().constant("tick").to("log:tick");
            builder.from("timer:report").multicast().parallelProcessing().to("log:a", "log:b");
            builder.from("file:target/none?autoCreate=false&startingDirectoryMustExist=false&noop=true")
                    .convertBodyTo(String.class)
                    .to("log:files");
            builder.from("file:target/none?autoCreate=false&startingDirectoryMustExist=false&move=done")
                    .split(builder.body().tokenize("\n"))
                    .to("direct:line");
            builder.from("direct:line")
                    .choice()
                    .when(builder.body().isNull())
                    .stop()
                    .otherwise()
                    .to("log:line");
            // answers before the work is done, and says so
            builder.from("direct:accept").to("seda:later").transform().constant("accepted");
            builder.from("seda:later?concurrentConsumers=4")
                    .aggregate(builder.constant(true), (old, now) -> now)
                    .completionSize(10)
                    .to("log:later");
            builder.from("direct:call")
                    .doTry()
                    .to("direct:line")
                    .doCatch(Exception.class)
                    .transform()
                    .constant("sorry")
                    .end();
            builder.from("direct:guarded")
                    .circuitBreaker()
                    .to("direct:line")
                    .onFallback()
                    .transform()
                    .constant("later")
                    .end();
            builder.from("direct:once")
                    .idempotentConsumer(
                            builder.header("id"),
                            org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository
                                    .memoryIdempotentRepository())
                    .to("log:once");
            builder.from("direct:tapped").wireTap("direct:line").to("log:tapped");
            builder.from("direct:produce").to("kafka:out?key=1");
            builder.from("kafka:in?groupId=g" + Lab.SAFE)
                    .routeId("recipe-a")
                    .errorHandler(builder.deadLetterChannel("kafka:dead")
                            .deadLetterHandleNewException(false)
                            .useOriginalMessage()
                            .maximumRedeliveries(3)
                            .redeliveryDelay(200))
                    .wireTap("log:audit")
                    .split(builder.body().tokenize("\n"))
                    .to("log:part")
                    .end()
                    .to("kafka:out");
            // what fails after the record was sent is not the record
            for (String sent : List.of("kafka:out", "direct:produce")) {
                builder.from("kafka:in?groupId=g" + Lab.SAFE)
                        .to(sent)
                        .doTry()
                        .to("direct:line")
                        .doCatch(Exception.class)
                        .log("not audited")
                        .end();
            }
            builder.from("direct:sent")
                    .onException(java.io.IOException.class)
                    .handled(true)
                    .to("log:failed")
                    .end()
                    .to("log:x");
        }))) {
            context.init();
            assertThat(context.getComponent("aiflow", AiflowComponent.class)
                            .lintReport()
                            .violations())
                    .isEmpty();
        }
    }

    @Test
    void anHttpEdgeThatLeadsNowhereNearKafkaBreaksNoRule() throws Exception {
        try (LabContext context = Lab.context(SERVERS, Lab.routes(builder -> {
            builder.from("servlet:claims").to("direct:decide");
            builder.from("direct:decide").to("log:decide");
            builder.from("jetty:clean").removeHeaders("*").to("direct:publish");
            builder.from("direct:publish").to("kafka:out");
        }))) {
            // stand in for HTTP servers
            context.addComponent("servlet", new SedaComponent());
            context.addComponent("jetty", new SedaComponent());
            context.addComponent("rest", new RestComponent());
            context.init();
            assertThat(Lab.broken(context)).isEmpty();
        }
    }

    @Test
    void theExamplesBreakNoRule() throws Exception {
        for (Path file : yaml("examples/src/main/resources")) {
            URL resources = file.getParent().getParent().toUri().toURL();
            try (URLClassLoader examples =
                            new URLClassLoader(new URL[] {resources}, getClass().getClassLoader());
                    LabContext context = Lab.context(SERVERS)) {
                context.setApplicationContextClassLoader(examples);
                AiflowComponent aiflow = context.getComponent("aiflow", AiflowComponent.class);
                aiflow.setLint(LintMode.FAIL);
                Path properties = file.resolveSibling("application.properties");
                if (Files.exists(properties)) {
                    Properties given = new Properties();
                    try (Reader reader = Files.newBufferedReader(properties)) {
                        given.load(reader);
                    }
                    given.forEach((name, value) ->
                            context.getPropertiesComponent().addInitialProperty(name.toString(), value.toString()));
                }
                load(context, yaml("routes/src/main/resources/templates"));
                load(context, List.of(file));
                context.init();
                assertThat(aiflow.lintReport().violations()).as(file.toString()).isEmpty();
            }
        }
    }
}
