package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelaiflow.store.Message;
import io.github.camelaiflow.store.Outbox.Draft;
import io.github.camelaiflow.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a delivering route starts, without a broker to be reached. */
class DeliverConsumerTest {

    private static final String OPTIONS = "&brokers=localhost:1&delivery=database&out=decisions";

    @TempDir
    private Path temp;

    private CamelContext context(String definition) throws Exception {
        return new FlowFolder(temp).write("claims.yaml", definition).context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:claims").to("aiflow:infer:claims");
                from("aiflow:deliver:claims?topic=a" + OPTIONS).routeId("first").to("direct:claims");
                from("aiflow:deliver:claims?topic=b" + OPTIONS)
                        .routeId("second")
                        .to("direct:claims");
            }
        });
    }

    @Test
    void ofTwoRoutesOfAFlowOneSendsItsOutbox() throws Exception {
        String stored = FlowFolder.DEFINITION + "store: {url: 'jdbc:h2:file:%s/store'}\n".formatted(temp);
        CamelContext context = context(stored);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        context.getRegistry().bind("metricsRegistry", meters);
        try {
            context.start();
            Store store = context.getComponent("aiflow", AiflowComponent.class)
                    .storeOf("claims")
                    .orElseThrow();

            await().until(() -> sender(store).isPresent());
            store.outbox("claims")
                    .put(List.of(new Draft("d-1", "decisions", new Message(null, new byte[] {1}, List.of()))));
            ObjectName name = new ObjectName(
                    "org.apache.camel:context=" + context.getManagementName() + ",type=aiflow-delivery,name=\"first\"");
            MBeanServer server =
                    context.getManagementStrategy().getManagementAgent().getMBeanServer();
            await().until(() -> server.getAttribute(name, "OutboxWaiting").equals(1L));
            assertThat((double) server.getAttribute(name, "OutboxOldestSeconds"))
                    .isGreaterThanOrEqualTo(0);
            assertThat((String) server.getAttribute(name, "OutboxSending")).isNotEmpty();
            assertThat((String[]) server.getAttribute(name, "Threads"))
                    .singleElement()
                    .asString()
                    .matches("0: [A-Z]+, partitions none, last commit never, failures .*");
            assertThat(meters.get("aiflow.outbox.waiting")
                            .tags("route", "second", "flow", "claims")
                            .gauge())
                    .isNotNull();
            String sender = sender(store).orElseThrow();
            assertThat(sender).matches(".*-(first|second)");
            await().during(Duration.ofSeconds(1)).until(() -> sender(store).equals(Optional.of(sender)));
        } finally {
            context.stop();
        }
    }

    private RouteBuilder database(String route, String options) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("aiflow:deliver:claims?delivery=database&out=decisions&topic=" + route + options)
                        .routeId(route)
                        .to("direct:claims");
            }
        };
    }

    @Test
    void routesThatShareAnOutboxMustSendAlike() throws Exception {
        String stored = FlowFolder.DEFINITION + "store: {url: 'jdbc:h2:file:%s/store'}\n".formatted(temp);
        CamelContext context = context(stored);
        try {
            context.start();
            for (Map.Entry<String, String> wrong : Map.of(
                            "&brokers=localhost:1&groupId=other",
                            "their groupId must be the same",
                            "&brokers=localhost:2",
                            "their brokers must be the same",
                            "&brokers=localhost:1&kafka.client.dns.lookup=use_all_dns_ips",
                            "properties of Kafka's producers must be the same")
                    .entrySet()) {
                assertThatThrownBy(() -> context.addRoutes(database("third", wrong.getKey())))
                        .hasStackTraceContaining(wrong.getValue())
                        .hasStackTraceContaining("flow claims")
                        .hasStackTraceContaining("topic=third");
                context.getRouteController().stopRoute("third");
                context.removeRoute("third");
            }

            context.getRouteController().stopRoute("first");
            context.getRouteController().startRoute("first");
            context.getRouteController().stopRoute("first");
            context.getRouteController().stopRoute("second");
            context.addRoutes(database("third", "&brokers=localhost:2"));
            assertThat(context.getRouteController().getRouteStatus("third").isStarted())
                    .isTrue();
        } finally {
            context.stop();
        }
    }

    /** Tells whether it is started. */
    private static final class Format extends ServiceSupport implements DataFormat {

        @Override
        public void marshal(Exchange exchange, Object graph, OutputStream stream) {}

        @Override
        public Object unmarshal(Exchange exchange, InputStream stream) {
            return "";
        }
    }

    @Test
    void aDataFormatEndsWithTheContextAndNotBeforeTheLastRouteThatUsesIt() throws Exception {
        Format format = new Format();
        CamelContext context = new FlowFolder(temp).context(new RouteBuilder() {
            @Override
            public void configure() {
                for (String route : List.of("first", "second")) {
                    from("aiflow:deliver:claims?brokers=localhost:1&out=o&dead=d&unmarshal=#format&topic=" + route)
                            .routeId(route)
                            .to("aiflow:infer:claims");
                }
            }
        });
        context.getRegistry().bind("format", format);
        context.start();
        assertThat(format.isStarted()).isTrue();
        context.getRouteController().stopRoute("first");
        assertThat(format.isStarted()).as("the other route decodes by it").isTrue();
        context.stop();
        assertThat(format.isStarted()).isFalse();
    }

    private static Optional<String> sender(Store store) {
        return store.get("claims", "outbox/relay").map(Store.Document::content).filter(owner -> !owner.isEmpty());
    }
}
