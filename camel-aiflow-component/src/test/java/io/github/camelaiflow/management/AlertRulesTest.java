package io.github.camelaiflow.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.Ledger;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules in the docs: they ask for meters there are, and fire and keep silent as they should. */
class AlertRulesTest {

    private static final Path FOLDER = Path.of("..", "docs", "prometheus");
    private static final Pattern METER = Pattern.compile("\\baiflow_[a-z_]+");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void rulesAskForMetersThereAre() throws Exception {
        Set<String> asked = METER.matcher(Files.readString(FOLDER.resolve("aiflow-alerts.yaml")))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(asked).isNotEmpty().isSubsetOf(registered());
    }

    private Set<String> registered() {
        CamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("metricsRegistry", meters);
        context.start();
        try {
            LedgerManagement delivery = LedgerManagement.register(
                    context, "claims", "claims", DeliveryMode.DATABASE, new Ledger(), () -> Instant.EPOCH, outbox());
            delivery.failed("commit", new IllegalStateException());
            delivery.recovered(Duration.ofSeconds(1));
            LetterManagement.register(context, new LetterStatus() {
                @Override
                public String flow() {
                    return "claims";
                }

                @Override
                public Optional<LetterFigures> figures() {
                    return Optional.empty();
                }

                @Override
                public Instant now() {
                    return Instant.EPOCH;
                }
            });
            return meters.getMeters().stream()
                    .map(Meter::getId)
                    .map(AlertRulesTest::prometheusName)
                    .collect(Collectors.toSet());
        } finally {
            context.stop();
        }
    }

    private static DeliveryDetails outbox() {
        return new DeliveryDetails() {
            @Override
            public List<String> threads() {
                return List.of();
            }

            @Override
            public boolean hasOutbox() {
                return true;
            }

            @Override
            public Optional<OutboxFigures> outbox() {
                return Optional.empty();
            }

            @Override
            public String sending() {
                return "";
            }
        };
    }

    /** As Micrometer's Prometheus registry names it. */
    private static String prometheusName(Meter.Id id) {
        String name = id.getName().replace('.', '_');
        String unit = id.getBaseUnit() == null ? "" : "_" + id.getBaseUnit();
        return name + unit + (id.getType() == Meter.Type.COUNTER ? "_total" : "");
    }

    @Test
    void rulesFireAndKeepSilentAsTheyShould(@TempDir Path temp) throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
                "needs promtool (Debian package prometheus)");
        Path told = temp.resolve("told.txt");
        Process promtool = new ProcessBuilder("promtool", "test", "rules", "aiflow-alerts-test.yaml")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();

        assertThat(promtool.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(promtool.exitValue()).as(Files.readString(told)).isZero();
    }
}
