package io.github.camelaiflow.it.lint;

import static io.github.camelaiflow.it.lint.Lab.routes;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** LINT-22: a caller names another topic in a header. */
@ExtendWith(Lab.class)
class InjectionIT {

    @Test
    void aCallerSendsTheRecordElsewhere() throws Exception {
        assertThat(stolen(null, true)).containsExactly("r1", "r2");
        assertThat(stolen("Camel*", true)).containsExactly("r1", "r2");
        assertThat(stolen("kafka.*", false)).isEmpty();
        assertThat(stolen("(?i)(camel|kafka\\.).*", false)).isEmpty();
    }

    /** The message as it came has its headers again. */
    @Test
    void aCallerSendsTheDeadLetterElsewhere() throws Exception {
        assertThat(stolenDeadLetters(true)).containsExactly("r1", "r2");
        assertThat(stolenDeadLetters(false)).isEmpty();
    }

    private static List<String> stolenDeadLetters(boolean original) throws Exception {
        return stolen(original, (builder, mine) -> {
            var dead = builder.deadLetterChannel("kafka:" + mine).deadLetterHandleNewException(false);
            builder.errorHandler(original ? dead.useOriginalMessage() : dead);
            builder.from("platform-http:/claims").removeHeaders("kafka.*").process(exchange -> {
                throw new IllegalStateException("planted fault");
            });
        });
    }

    private static List<String> stolen(String removed, boolean flagged) throws Exception {
        return stolen(flagged, (builder, mine) -> {
            RouteDefinition route = builder.from("platform-http:/claims");
            if (removed != null) {
                route.removeHeaders(removed);
            }
            route.to("direct:claims");
            builder.from("direct:claims").convertBodyTo(String.class).to("kafka:" + mine);
        });
    }

    private static List<String> stolen(boolean flagged, BiConsumer<RouteBuilder, String> recipe) throws Exception {
        String mine = Lab.topic(1);
        String theirs = Lab.topic(1);
        int port = freePort();
        try (LabContext context = Lab.context(routes(builder -> recipe.accept(builder, mine)))) {
            VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
            configuration.setBindHost("127.0.0.1");
            configuration.setBindPort(port);
            context.addService(new VertxPlatformHttpServer(configuration));
            context.start();
            assertThat(Lab.broken(context).contains("LINT-22")).isEqualTo(flagged);
            post(port, "kafka.OVERRIDE_TOPIC", theirs, "r1");
            post(port, "KAFKA.override_topic", theirs, "r2");
        }
        return Lab.read(theirs);
    }

    private static void post(int port, String header, String value, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/claims"))
                .header(header, value)
                .POST(BodyPublishers.ofString(body))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.discarding())
                        .statusCode())
                .isBetween(200, 299);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
