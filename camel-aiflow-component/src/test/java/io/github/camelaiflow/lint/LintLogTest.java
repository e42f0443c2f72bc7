package io.github.camelaiflow.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.AiflowComponent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each finding is told once for each version of a route. */
class LintLogTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Logger logger = (Logger) LogManager.getLogger(RouteLinting.class);
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AbstractAppender appender = new AbstractAppender("lint", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage());
        }
    };

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.removeAppender(appender);
        context.stop();
    }

    @Test
    void whatIsRefusedIsListedOnceAndTheCausesAreShort() throws Exception {
        context.getComponent("aiflow", AiflowComponent.class).setLint(LintMode.FAIL);
        add("one");
        add("two");
        assertThatThrownBy(context::start)
                .hasMessageContaining("LINT-08 in route one, LINT-08 in route two")
                .hasMessageNotContaining("Mend:");
        assertThat(lines)
                .singleElement()
                .asString()
                .containsOnlyOnce("route one,")
                .containsOnlyOnce("route two,");
    }

    private void add(String id) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + id)
                        .routeId(id)
                        .idempotentConsumer(body(), MemoryIdempotentRepository.memoryIdempotentRepository())
                        .removeOnFailure(false)
                        .id("once-" + id)
                        .to("log:ok");
            }
        });
    }

    private long told(String id) {
        return lines.stream().filter(line -> line.contains("route " + id + ",")).count();
    }

    @Test
    void routesAddedLaterDoNotRepeatWhatWasTold() throws Exception {
        add("one");
        context.start();
        assertThat(told("one")).isEqualTo(1);
        add("two");
        add("three");
        assertThat(told("one")).isEqualTo(1);
        assertThat(told("two")).isEqualTo(1);
        assertThat(told("three")).isEqualTo(1);

        context.getRouteController().stopRoute("two");
        context.removeRoute("two");
        add("two");
        assertThat(told("two")).as("another version").isEqualTo(2);
        assertThat(told("one")).isEqualTo(1);
    }
}
