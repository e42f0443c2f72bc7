package io.github.camelaiflow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelaiflow.claims.Claim;
import io.github.camelaiflow.claims.ClaimGenerator;
import io.github.camelaiflow.claims.ClaimGenerator.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the packaged app with one store by property alone, as the Kubernetes manifests set it: what one is told the other knows. */
abstract class SharedStoreContract {

    static final String USER = "flows";
    static final String PASSWORD = "s3cret";

    private static final int CLAIMS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern IN_MEMORY = Pattern.compile("(not durable|in memory)");

    /** The URL of an empty database. */
    abstract String url();

    private AppProcess app(Path folder, String name) throws IOException {
        return new AppProcess(
                Files.createDirectory(folder.resolve(name)),
                "aiflow.store.url=" + url(),
                "aiflow.store.username=" + USER,
                "aiflow.store.password=" + PASSWORD,
                "aiflow.cluster=store",
                "claims.instance=" + name,
                "claims.steering=true");
    }

    @Test
    void aLabelToldToOneJoinsTheAnswerOfTheOther(@TempDir Path folder) throws IOException {
        List<Claim> claims = new ClaimGenerator(Plan.clean(71)).claims(CLAIMS).toList();
        try (AppProcess one = app(folder, "claims-0");
                AppProcess two = app(folder, "claims-1")) {
            List<Map<String, String>> labels = new ArrayList<>();
            for (Claim claim : claims) {
                assertThat(one.post("/claims", claim.fields()).statusCode()).isEqualTo(200);
                labels.add(Map.of("claim_id", claim.id(), "label", "genuine"));
            }
            assertThat(two.post("/claims/labels", labels).statusCode()).isEqualTo(200);

            for (AppProcess app : List.of(one, two)) {
                await("each sees all pairs").atMost(PATIENCE).until(() -> joined(app) == CLAIMS);
                assertThat(app.console()).doesNotContainPattern(IN_MEMORY).doesNotContain(PASSWORD);
            }
        }
    }

    private static int joined(AppProcess app) {
        JsonNode quality = app.json(app.get("/claims/quality"));
        return quality.at("/versions/0/all/raw/labels").asInt();
    }
}
