package io.github.camelaiflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A folder with a flow's definition, models and reference, and a Camel context that uses it. */
final class FlowFolder {

    static final String DEFINITION = """
            flow: claims
            record:
              key: id
              fields:
                amount: {type: number, min: 0, max: 1}
                type: {type: category, values: [theft, fire]}
            models:
              v1: {model: models/v1.tribuo}
              rules:
                rules: [{when: {amount: {above: 0.9}}, label: fraud, score: 0.8}]
                otherwise: {label: legitimate, score: 0.9}
            rollout: {serve: v1}
            drift: {reference: reference.csv, window: 200, falseAlarms: 100000}
            """;

    final Path folder;

    FlowFolder(Path folder) {
        this.folder = folder;
        TinyModels.write(folder, "models/v1.tribuo", 1);
        write("claims.yaml", DEFINITION);
        write(
                "reference.csv",
                "id,amount,type\n"
                        + TinyModels.claims(2000, 7).stream()
                                .map(FlowFolder::csv)
                                .collect(Collectors.joining("\n")));
    }

    private static String csv(Map<String, Object> claim) {
        return claim.get("id") + "," + claim.get("amount") + "," + claim.get("type");
    }

    FlowFolder write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A context whose aiflow component reads this folder; not started. */
    CamelContext context(RouteBuilder routes) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getComponent("aiflow", AiflowComponent.class).setDefinitions("file:" + folder);
        context.addRoutes(routes);
        return context;
    }
}
