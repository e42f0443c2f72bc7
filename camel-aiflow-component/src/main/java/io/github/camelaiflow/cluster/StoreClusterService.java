package io.github.camelaiflow.cluster;

import io.github.camelaiflow.store.JdbcStore;
import io.github.camelaiflow.store.Store;
import io.github.camelaiflow.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's cluster service on a database, PostgreSQL for several nodes: in each namespace one member leads, by a lease that it renews.
 * Clocks of nodes need not agree. A leader that stops gives its lease back; of one that dies, is cut off or stands still another
 * takes over after {@code lease} and a tenth more, and a period of a quarter lease at most. Whoever finds its own lease over
 * no longer leads, whatever the store does. Set it up before it is started; thread-safe then.
 */
public class StoreClusterService extends AbstractCamelClusterService<StoreClusterView> {

    private static final Logger LOG = LoggerFactory.getLogger(StoreClusterService.class);
    private static final Duration SHORTEST = Duration.ofMillis(200);

    private final LongSupplier nanos;
    private final Map<String, StoreClusterView> created = new ConcurrentHashMap<>();
    private String url;
    private String username;
    private String password;
    private DataSource dataSource;
    private String node;
    private Duration lease = Duration.ofSeconds(4);
    private String member;
    private Store store;

    /** One that is to be set up, as a bean. */
    public StoreClusterService() {
        this(System::nanoTime);
    }

    StoreClusterService(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Of a flow's store, or another: {@code jdbc:postgresql:…}; H2 for members in one process. */
    public void setUrl(String url) {
        this.url = url;
    }

    /** {@code null} for none, or the URL's. */
    public void setUsername(String username) {
        this.username = username;
    }

    /** {@code null} for none, or the URL's. */
    public void setPassword(String password) {
        this.password = password;
    }

    /** Instead of the URL: an application's own, whose connections are part of no other transaction. */
    public void setDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What this member's name begins with, to be read by people; by default nothing. */
    public void setNode(String node) {
        this.node = node;
    }

    /**
     * How long a leader leads without renewing its lease; by default 4 s.
     *
     * @throws IllegalArgumentException if it is shorter than 200 ms or longer than a day
     */
    public void setLease(Duration lease) {
        if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("lease must be from " + SHORTEST + " to PT24H, was " + lease);
        }
        this.lease = lease;
    }

    /**
     * Counts up whenever another member takes over: a sink that remembers the highest refuses what a former leader still sends.
     *
     * @return 0 while this member doesn't lead in the namespace
     */
    public long term(String namespace) {
        StoreClusterView view = created.get(namespace);
        return view == null ? 0 : view.term();
    }

    @Override
    protected StoreClusterView createView(String namespace) {
        return created.computeIfAbsent(namespace, name -> new StoreClusterView(this, name));
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if ((url == null) == (dataSource == null)) {
            throw new IllegalArgumentException("a cluster service on a store needs either url or dataSource");
        }
    }

    @Override
    protected void doStart() throws Exception {
        InstantSource clock = InstantSource.system();
        store = dataSource == null ? JdbcStore.of(url, username, password, clock) : JdbcStore.of(dataSource, clock);
        try {
            store.open();
        } catch (StoreException e) {
            if (!e.unreachable()) {
                store.close();
                throw e;
            }
            LOG.warn("Nobody leads here until the store can be reached: {}", e.getMessage());
        }
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        store.close();
    }

    Lease lease(String namespace) {
        return new Lease(store, namespace, member(), lease, nanos);
    }

    Duration period() {
        return lease.dividedBy(4);
    }

    /** Another one for each process. */
    synchronized String member() {
        if (member == null) {
            member = (node == null ? "" : node + "-") + UUID.randomUUID();
        }
        return member;
    }
}
