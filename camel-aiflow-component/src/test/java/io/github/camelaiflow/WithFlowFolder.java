package io.github.camelaiflow;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a flow, and a Camel context whose routes r0, r1, … each have one step. */
abstract class WithFlowFolder {

    @TempDir
    Path temp;

    FlowFolder folder;
    CamelContext context;

    @BeforeEach
    void write() {
        folder = new FlowFolder(temp);
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.stop();
        }
    }

    final void start(String... uris) throws Exception {
        context = folder.context(routes(uris));
        context.start();
    }

    static RouteBuilder routes(String... uris) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < uris.length; i++) {
                    from("direct:r" + i).routeId("r" + i).to(uris[i]);
                }
            }
        };
    }

    final Exchange send(String to, Object body) {
        return context.createProducerTemplate()
                .request(to, exchange -> exchange.getMessage().setBody(body));
    }

    static String stack(Throwable error) {
        StringBuilder messages = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            messages.append(cause.getMessage()).append('\n');
        }
        return messages.toString();
    }

    final Object version(Object claim) {
        return send("direct:r0", claim).getMessage().getHeader("CamelAiflowModelVersion");
    }
}
