package io.github.camelaiflow.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.delivery.DeliveryMode;
import io.github.camelaiflow.delivery.Ledger;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What operators see of a delivering route's ledger. */
class LedgerManagementTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Ledger ledger = new Ledger();
    private Instant now = START;

    @Test
    void aLedgerIsSeenInJmxAndMetersUntilItsRouteStops() throws Exception {
        CamelContext context = new DefaultCamelContext();
        try {
            context.getCamelContextExtension().setName("ledgers");
            context.getRegistry().bind("metricsRegistry", meters);
            context.start();
            LedgerManagement management = LedgerManagement.register(
                    context,
                    "claims-delivery",
                    "claims",
                    DeliveryMode.EXACTLY_ONCE,
                    ledger,
                    () -> now,
                    DeliveryDetails.NONE);
            ObjectName name =
                    new ObjectName("org.apache.camel:context=ledgers,type=aiflow-delivery,name=\"claims-delivery\"");
            MBeanServer server =
                    context.getManagementStrategy().getManagementAgent().getMBeanServer();

            assertThat((String[]) server.getAttribute(name, "Threads")).isEmpty();
            assertThat(server.getAttribute(name, "OutboxWaiting")).isEqualTo(-1L);
            assertThat(server.getAttribute(name, "SecondsSinceLastCommit")).isEqualTo(-1.0);
            now = START.plusSeconds(7);
            assertThat(gauge("commit.age")).as("since the start").isEqualTo(7);

            management.taken(10);
            management.failed("commit", new IllegalStateException());
            management.returned(10);
            management.taken(10);
            management.settled(5, 2, START);
            management.recovered(Duration.ofSeconds(2));
            now = START.plusSeconds(30);

            assertThat(server.getAttribute(name, "TakenRecords")).isEqualTo(20L);
            assertThat(server.getAttribute(name, "ReturnedRecords")).isEqualTo(10L);
            assertThat(server.getAttribute(name, "PendingRecords")).isEqualTo(3L);
            assertThat(server.getAttribute(name, "Mode")).isEqualTo("exactly-once");
            assertThat(server.getAttribute(name, "SecondsSinceLastCommit")).isEqualTo(30.0);
            assertThat(server.getAttribute(name, "Failures")).isEqualTo(1L);
            assertThat(gauge("pending")).isEqualTo(3);
            assertThat(gauge("gap")).isZero();
            assertThat(gauge("commit.age")).isEqualTo(30);
            assertThat(meters.get("aiflow.delivery.recovery").timer().count()).isEqualTo(1);
            assertThat(meters.get("aiflow.delivery.failures")
                            .tag("stage", "commit")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(ids())
                    .allSatisfy(id -> assertThat(id.getTag("route")).isEqualTo("claims-delivery"))
                    .allSatisfy(id -> assertThat(id.getTag("partition")).isNull());

            management.settled(4, 0, START);
            assertThat(gauge("gap")).as("more outcomes than records").isEqualTo(-1);

            management.close();
            assertThat(server.isRegistered(name)).isFalse();
            assertThat(ids()).isEmpty();
        } finally {
            context.stop();
        }
    }

    private List<Meter.Id> ids() {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith("aiflow.delivery."))
                .toList();
    }

    private double gauge(String name) {
        return meters.get("aiflow.delivery." + name)
                .tag("mode", "exactly-once")
                .gauge()
                .value();
    }
}
