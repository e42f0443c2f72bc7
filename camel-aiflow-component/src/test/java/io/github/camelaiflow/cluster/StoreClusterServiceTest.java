package io.github.camelaiflow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service as Camel and its users see it, on a database that members in this process share. */
class StoreClusterServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final List<CamelContext> contexts = new ArrayList<>();

    @AfterEach
    void stop() {
        contexts.forEach(CamelContext::stop);
    }

    private StoreClusterService member(String node) throws Exception {
        StoreClusterService service = new StoreClusterService();
        service.setUrl(url);
        service.setNode(node);
        service.setLease(Duration.ofSeconds(20));
        CamelContext context = new DefaultCamelContext();
        context.addService(service);
        context.start();
        contexts.add(context);
        return service;
    }

    @Test
    void oneLeadsAndWhenItStopsTheOtherDoes() throws Exception {
        StoreClusterService a = member("a");
        CamelClusterView seenByA = a.getView("claims");
        await().atMost(PATIENCE).until(() -> seenByA.getLocalMember().isLeader());
        StoreClusterService b = member("b");
        CamelClusterView seenByB = b.getView("claims");
        List<Optional<String>> heard = new CopyOnWriteArrayList<>();
        seenByB.addEventListener((CamelClusterEventListener.Leadership)
                (view, leader) -> heard.add(Optional.ofNullable(leader).map(CamelClusterMember::getId)));

        await().atMost(PATIENCE).until(() -> seenByB.getLeader().isPresent());
        assertThat(seenByB.getLeader())
                .map(CamelClusterMember::getId)
                .contains(seenByA.getLocalMember().getId());
        assertThat(seenByB.getMembers()).hasSize(2);
        assertThat(a.isLeader("claims")).isTrue();
        assertThat(b.isLeader("claims")).isFalse();
        assertThat(a.term("claims")).isOne();
        assertThat(b.term("claims")).isZero();

        a.releaseView(seenByA);
        await().atMost(PATIENCE).until(() -> b.isLeader("claims"));
        assertThat(a.isLeader("claims")).isFalse();
        assertThat(b.term("claims")).isEqualTo(2);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard)
                .contains(Optional.of(seenByB.getLocalMember().getId())));
    }

    @Test
    void namespacesHaveLeadersOfTheirOwn() throws Exception {
        StoreClusterService a = member("a");
        a.getView("claims");
        await().atMost(PATIENCE).until(() -> a.isLeader("claims"));
        StoreClusterService b = member("b");
        b.getView("loans");
        await().atMost(PATIENCE).until(() -> b.isLeader("loans"));
        assertThat(a.isLeader("loans")).isFalse();
        assertThat(b.isLeader("claims")).isFalse();
    }

    @Test
    void aStoreThatHangsKeepsNobodyFromHearingThatItsTimeIsOver() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl(url + ";DB_CLOSE_DELAY=-1");
        CountDownLatch back = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        DataSource hanging = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (self, called, arguments) -> {
                    if (hangs.get()) {
                        back.await();
                    }
                    return called.invoke(database, arguments);
                });
        StoreClusterService service = new StoreClusterService();
        service.setDataSource(hanging);
        service.setLease(Duration.ofSeconds(2));
        CamelContext context = new DefaultCamelContext();
        context.addService(service);
        context.start();
        contexts.add(context);
        List<String> leading = new CopyOnWriteArrayList<>();
        List<String> over = new CopyOnWriteArrayList<>();
        for (String namespace : List.of("claims", "loans", "labels")) {
            CamelClusterView view = service.getView(namespace);
            view.addEventListener((CamelClusterEventListener.Leadership)
                    (seen, leader) -> (seen.getLocalMember().isLeader() ? leading : over).add(seen.getNamespace()));
        }
        try {
            await().atMost(PATIENCE).until(() -> leading.containsAll(List.of("claims", "loans", "labels")));
            hangs.set(true);

            await().atMost(PATIENCE).until(() -> over.containsAll(List.of("claims", "loans", "labels")));
        } finally {
            back.countDown();
        }
    }

    @Test
    void whatIsMissingOrWrongIsSaidAtTheStart() {
        CamelContext context = new DefaultCamelContext();
        contexts.add(context);
        assertThatThrownBy(() -> context.addService(new StoreClusterService(), true, true))
                .hasStackTraceContaining("either url or dataSource");
        assertThatThrownBy(() -> new StoreClusterService().setLease(Duration.ofMillis(100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lease must be from");
    }
}
