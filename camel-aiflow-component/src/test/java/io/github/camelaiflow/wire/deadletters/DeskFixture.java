package io.github.camelaiflow.wire.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.AiflowComponent;
import io.github.camelaiflow.TinyModels;
import io.github.camelaiflow.store.DeadLetters;
import io.github.camelaiflow.wire.DeadLetterException;
import io.github.camelaiflow.wire.DeadLetterException.Kind;
import io.github.camelaiflow.wire.DeadLetterHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A flow's desk, with routes for what it does. */
abstract class DeskFixture {

    static final String CANARY = "canary-4711";
    static final String WRONG = "{\"amount\": -5, \"type\": \"" + CANARY + "\"}";
    static final String RIGHT = "{\"amount\": 0.5, \"type\": \"theft\"}";

    final ObjectMapper json = new ObjectMapper();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    CamelContext context;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        TinyModels.write(temp, "v1.tribuo", 1);
        Files.writeString(temp.resolve("claims.yaml"), """
                record: {fields: {amount: {type: number, min: 0}, type: {type: category, values: [theft, fire]}}}
                models: {v1: {model: v1.tribuo}}
                """ + store(temp));
        context = new DefaultCamelContext();
        context.getCamelContextExtension().setName("desk");
        context.getRegistry().bind("metricsRegistry", meters);
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + temp);
        for (String action :
                List.of("list", "get", "payload", "replay", "replay-all", "discard", "discard-all", "settle")) {
            desk(action, desk(action));
        }
        DeadLetterDesk impatient = desk("settle");
        impatient.setSettleAfter(Duration.ZERO);
        desk("settleNow", impatient);
        DeadLetterDesk failing = desk("replay");
        failing.setTo("direct:refuses");
        desk("replayInVain", failing);
        DeadLetterDesk checking = desk("replay");
        checking.setCheck("direct:check");
        desk("mend", checking);
        DeadLetterDesk returning = desk("replay");
        returning.setTo("direct:claims");
        desk("replayToFlow", returning);
        DeadLetterIntake intake = new DeadLetterIntake();
        intake.setFlow("claims");
        intake.setCamelContext(context);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:claims")
                        .routeId("claims")
                        .errorHandler(deadLetterChannel("direct:intake")
                                .deadLetterHandleNewException(false)
                                .useOriginalMessage()
                                .onPrepareFailure(new DeadLetterHeaders()))
                        .to("aiflow:validate:claims");
                from("direct:intake").process(intake);
                from("direct:check").to("aiflow:validate:claims");
                from("direct:refuses").throwException(new IllegalStateException("away"));
            }
        });
        context.start();
    }

    /** The definition's section, if any. */
    String store(Path temp) {
        return "";
    }

    DeadLetterDesk desk(String action) {
        DeadLetterDesk desk = new DeadLetterDesk();
        desk.setCamelContext(context);
        desk.setFlow("claims");
        desk.setAction(action);
        desk.setTo("mock:again");
        return desk;
    }

    void desk(String name, DeadLetterDesk desk) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + name).errorHandler(noErrorHandler()).process(desk);
            }
        });
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    Exchange ask(String action, Map<String, Object> parameters, Object body) {
        return context.createProducerTemplate().request("direct:" + action, exchange -> {
            exchange.getMessage().setHeaders(new HashMap<>(parameters));
            exchange.getMessage().setBody(body);
        });
    }

    JsonNode answer(Exchange exchange) throws Exception {
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return json.readTree(exchange.getMessage().getBody(String.class));
    }

    JsonNode list() throws Exception {
        return answer(ask("list", Map.of(), null));
    }

    Map<String, Object> by(String id) {
        return Map.of("id", id, "actor", "olga", "reason", "asked for");
    }

    DeadLetters letters() {
        return context.getComponent("aiflow", AiflowComponent.class).deadLetters("claims");
    }

    /** A record that fails; the id of its letter. */
    String letter() throws Exception {
        ask("claims", Map.of("trace", "t-1"), WRONG);
        JsonNode all = list().get("letters");
        return all.get(all.size() - 1).get("id").asText();
    }

    void refused(Exchange exchange, Kind kind) {
        assertThat(exchange.getException(DeadLetterException.class).kind()).isEqualTo(kind);
    }

    MockEndpoint again() {
        return context.getEndpoint("mock:again", MockEndpoint.class);
    }

    static Map<String, Object> origin(int offset) {
        return Map.of(
                "aiflow-error-topic", "claims", "aiflow-error-partition", "0", "aiflow-error-offset", "" + offset);
    }

    static Map<String, Object> with(Map<String, Object> parameters, String name, Object value) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put(name, value);
        return all;
    }
}
