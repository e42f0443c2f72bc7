package io.github.camelaiflow.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Keeps all in H2 or PostgreSQL. It is opened, and its tables are made or brought up to date, with {@link #open()} or the first use
 * that reaches the database. Each method is one transaction at READ COMMITTED; {@link #prune} is several. A caller waits up to 5 s
 * each for a connection, a lock and a statement, and for a silent server up to 8 s.
 */
public final class JdbcStore implements Store {

    private static final int PRUNED_AT_ONCE = 1_000;

    private final Database database;
    private final Transactions transactions;
    private final InstantSource clock;

    private JdbcStore(Database database, InstantSource clock) {
        this.database = database;
        this.transactions = new Transactions(database);
        this.clock = clock;
    }

    /**
     * A store with a small pool of connections of its own. Connects to nothing yet.
     *
     * @param url begins with {@code jdbc:h2:} or {@code jdbc:postgresql:}; may hold user name and password
     * @param username {@code null} for none or the URL's
     * @param password {@code null} for none or the URL's
     * @param clock gives the times of documents, and when halves come and are joined
     * @throws StoreException if the URL is none, or a dependency is missing that such a store needs; the message names it
     */
    public static JdbcStore of(String url, String username, String password, InstantSource clock) {
        return new JdbcStore(Database.of(JdbcUrl.of(url, username, password)), clock);
    }

    /**
     * A store on an application's own H2 or PostgreSQL. Connections are given back as they were lent; while tables are made, up to
     * three are used at once. How long a caller waits for a connection is up to the data source, which stays open.
     *
     * @param source gives connections that are part of no other transaction
     * @param clock gives the times of documents, and when halves come and are joined
     * @throws StoreException if a dependency is missing that such a store needs; the message names it
     */
    public static JdbcStore of(DataSource source, InstantSource clock) {
        return new JdbcStore(Database.of(source), clock);
    }

    /** Of a data source before it was first reached: true. */
    @Override
    public boolean durable() {
        return database.durable();
    }

    @Override
    public void open() {
        database.open();
    }

    @Override
    public Optional<Document> get(String space, String key) {
        Limits.checkDocument(space, key);
        return inTransaction(tables -> tables.document(space, key));
    }

    @Override
    public List<Document> list(String space, String prefix) {
        return inTransaction(tables -> tables.documents(space, prefix));
    }

    @Override
    public Optional<Document> replace(
            String space, String key, long revision, String content, List<Entry> entries, List<Outbox.Draft> messages) {
        Limits.checkDocument(space, key, content);
        Limits.checkEntries(entries);
        DeliveryLimits.checkDrafts(messages);
        Instant now = Limits.kept(clock.instant());
        return transactions.run(statements -> {
            Tables tables = new Tables(statements);
            boolean won = revision == 0
                    ? tables.insertDocument(space, key, content, now)
                    : tables.updateDocument(space, key, revision, content, now);
            if (won) {
                tables.insertEntries(entries);
                new OutboxTables(statements, space).insert(messages, now);
                return Optional.of(new Document(space, key, revision + 1, content, now));
            }
            // What was written is ours if its entries are: then the answer to an earlier attempt was lost
            return entries.isEmpty() || !tables.holdsAll(entries)
                    ? Optional.empty()
                    : tables.document(space, key)
                            .filter(document -> document.revision() == revision + 1
                                    && document.content().equals(content));
        });
    }

    @Override
    public Document write(String space, String key, String content) {
        Limits.checkDocument(space, key, content);
        Instant now = Limits.kept(clock.instant());
        return inTransaction(tables -> {
            // A third time only if it was deleted in between
            for (int i = 0; i < 3; i++) {
                if (tables.updateDocument(space, key, content, now)) {
                    return tables.document(space, key).orElseThrow();
                }
                if (tables.insertDocument(space, key, content, now)) {
                    return new Document(space, key, 1, content, now);
                }
            }
            throw new SQLException("the document is deleted and written by others at the same time", "40001");
        });
    }

    @Override
    public void append(List<Entry> entries) {
        Limits.checkEntries(entries);
        inTransaction(tables -> {
            tables.insertEntries(entries);
            return null;
        });
    }

    @Override
    public List<Entry> log(String space, String key, int limit) {
        Limits.checkDocument(space, key);
        Limits.checkLimit(limit);
        return inTransaction(tables -> tables.newestEntries(space, key, limit));
    }

    @Override
    public int prune(String space, Instant before) {
        Instant bound = Limits.within(before);
        int pruned = inTransaction(tables -> tables.deleteDocuments(space, bound));
        int deleted;
        do {
            deleted = inTransaction(tables -> tables.deleteEntries(space, bound, PRUNED_AT_ONCE));
            pruned += deleted;
        } while (deleted > 0);
        return pruned;
    }

    @Override
    public JoinTable joins(String space) {
        Limits.checkJoins(space);
        return new JdbcJoins(transactions, clock, space);
    }

    @Override
    public Deliveries deliveries(String space) {
        return new JdbcDeliveries(transactions, clock, ofMessages(space));
    }

    @Override
    public DeadLetters deadLetters(String space) {
        return new JdbcDeadLetters(transactions, clock, ofMessages(space));
    }

    @Override
    public Outbox outbox(String space) {
        return new JdbcOutbox(transactions, clock, ofMessages(space));
    }

    @Override
    public IdempotencyKeys keys(String space) {
        return new JdbcKeys(transactions, clock, ofMessages(space));
    }

    private static String ofMessages(String space) {
        Limits.checkName("The space of messages", space);
        return space;
    }

    @Override
    public void close() {
        database.close();
    }

    private interface Work<T> {

        T with(Tables tables) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        return transactions.run(statements -> work.with(new Tables(statements)));
    }

    /** The URL without its parameters. */
    @Override
    public String toString() {
        return "JdbcStore[" + database.name() + "]";
    }
}
