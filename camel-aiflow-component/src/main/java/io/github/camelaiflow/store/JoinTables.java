package io.github.camelaiflow.store;

import io.github.camelaiflow.store.JoinTable.Expired;
import io.github.camelaiflow.store.JoinTable.Joined;
import io.github.camelaiflow.store.JoinTable.Left;
import io.github.camelaiflow.store.JoinTable.Right;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The SQL of one space's joins, the same for H2 and PostgreSQL. */
final class JoinTables {

    /** Not to be looked up by: PostgreSQL, which knows little of new tables, might read all of the space for a list of names. */
    private static final String IN_SPACE = " AND space || '' = ?";

    private static final String LEFT = "SELECT id, alias, happened, content FROM aiflow_join_left";
    private static final String RIGHT = "SELECT name, by_alias, happened, content, found FROM aiflow_join_right";

    private final Statements statements;
    private final String space;

    JoinTables(Statements statements, String space) {
        this.statements = statements;
        this.space = space;
    }

    /** A space's last position, and how many wait in it. */
    record Counts(long seq, long lefts, long rights) {}

    /** A right half, and whether it has found a left one. */
    record KeptRight(Right right, boolean found) {}

    /** What was said of somebody, or of all of an alias: then first and last of several different contents. */
    record Said(String name, String first, String last) {}

    Optional<Counts> counts() throws SQLException {
        return counts("").stream().findFirst();
    }

    /** Waits for those who change the space, and lets nobody change it until this transaction ends. */
    Counts lock() throws SQLException {
        statements.preferIndexes();
        List<Counts> counts = counts(" FOR UPDATE");
        if (counts.isEmpty()) {
            statements.insert("INSERT INTO aiflow_join (space, seq, lefts, rights) VALUES (?, 0, 0, 0)", space);
            counts = counts(" FOR UPDATE");
        }
        return counts.get(0);
    }

    private List<Counts> counts(String lock) throws SQLException {
        return statements.select(
                "SELECT seq, lefts, rights FROM aiflow_join WHERE space = ?" + lock,
                row -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3)),
                space);
    }

    void update(Counts counts) throws SQLException {
        statements.update(
                "UPDATE aiflow_join SET seq = ?, lefts = ?, rights = ? WHERE space = ?",
                counts.seq(),
                counts.lefts(),
                counts.rights(),
                space);
    }

    List<Left> lefts(Collection<String> ids) throws SQLException {
        return statements.select(LEFT + " WHERE id IN", ids, IN_SPACE, space, JoinTables::left);
    }

    /** In the order they came. */
    List<Left> leftsOf(Collection<String> aliases) throws SQLException {
        return statements.select(
                LEFT + " WHERE alias IN", aliases, IN_SPACE + " ORDER BY came, id", space, JoinTables::left);
    }

    /** Of the ids those of left halves that wait or are joined. */
    List<String> known(Collection<String> ids) throws SQLException {
        List<String> known = statements.select(
                "SELECT id FROM aiflow_join_left WHERE id IN", ids, IN_SPACE, space, row -> row.getString(1));
        known.addAll(statements.select(
                "SELECT left_id FROM aiflow_join_pair WHERE left_id IN",
                ids,
                IN_SPACE,
                space,
                row -> row.getString(1)));
        return known;
    }

    /** For ids and for aliases. */
    List<KeptRight> rights(Collection<String> names) throws SQLException {
        return statements.select(RIGHT + " WHERE name IN", names, IN_SPACE, space, JoinTables::right);
    }

    List<Said> said(Collection<String> ids) throws SQLException {
        return statements.select(
                "SELECT left_id, right_content FROM aiflow_join_pair WHERE left_id IN",
                ids,
                IN_SPACE,
                space,
                row -> new Said(row.getString(1), row.getString(2), row.getString(2)));
    }

    List<Said> saidOf(Collection<String> aliases) throws SQLException {
        return statements.select(
                "SELECT alias, MIN(right_content), MAX(right_content) FROM aiflow_join_pair WHERE alias IN",
                aliases,
                IN_SPACE + " GROUP BY alias",
                space,
                row -> new Said(row.getString(1), row.getString(2), row.getString(3)));
    }

    void insertLefts(Collection<Left> lefts, Instant came) throws SQLException {
        statements.batch(
                "INSERT INTO aiflow_join_left (id, space, alias, happened, content, came) VALUES (?, ?, ?, ?, ?, ?)",
                lefts.stream()
                        .map(left -> new Object[] {left.id(), space, left.alias(), left.time(), left.content(), came})
                        .toList());
    }

    void insertRights(Collection<KeptRight> rights, Instant came) throws SQLException {
        statements.batch(
                "INSERT INTO aiflow_join_right (name, space, by_alias, happened, content, came, found)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                rights.stream().map(right -> values(right, came)).toList());
    }

    private Object[] values(KeptRight kept, Instant came) {
        Right right = kept.right();
        boolean byAlias = right.id() == null;
        String name = byAlias ? right.alias() : right.id();
        return new Object[] {name, space, byAlias, right.time(), right.content(), came, kept.found() ? came : null};
    }

    void insertPairs(Collection<Joined> pairs) throws SQLException {
        statements.batch(
                "INSERT INTO aiflow_join_pair (space, seq, left_id, alias, left_happened, left_content,"
                        + " by_alias, right_happened, right_content, joined) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                pairs.stream().map(this::values).toList());
    }

    private Object[] values(Joined pair) {
        Left left = pair.left();
        Right right = pair.right();
        return new Object[] {
            space,
            pair.position(),
            left.id(),
            left.alias(),
            left.time(),
            left.content(),
            right.id() == null,
            right.time(),
            right.content(),
            pair.joinedAt()
        };
    }

    void found(Collection<String> aliases, Instant now) throws SQLException {
        statements.batch(
                "UPDATE aiflow_join_right SET found = ? WHERE name = ? AND space = ? AND by_alias = TRUE",
                aliases.stream().map(alias -> new Object[] {now, alias, space}).toList());
    }

    void deleteLefts(Collection<String> ids) throws SQLException {
        statements.update("DELETE FROM aiflow_join_left WHERE id IN", ids, IN_SPACE, space);
    }

    void deleteRights(Collection<String> names, boolean byAlias) throws SQLException {
        String condition = IN_SPACE + " AND by_alias = " + (byAlias ? "TRUE" : "FALSE");
        statements.update("DELETE FROM aiflow_join_right WHERE name IN", names, condition, space);
    }

    /** Those that came first. */
    List<Expired> leftsBefore(Instant came, int limit) throws SQLException {
        return statements.select(
                LEFT + " WHERE space = ? AND came < ? ORDER BY space, came LIMIT ?",
                row -> new Expired(left(row), null),
                space,
                came,
                limit);
    }

    /** Those that came first, of those that wait. */
    List<Expired> rightsBefore(Instant came, int limit) throws SQLException {
        return statements.select(
                RIGHT + " WHERE space = ? AND found IS NULL AND came < ? ORDER BY space, found, came LIMIT ?",
                row -> new Expired(null, right(row).right()),
                space,
                came,
                limit);
    }

    List<Joined> pairs(long after, int limit) throws SQLException {
        return statements.select(
                "SELECT seq, left_id, alias, left_happened, left_content, by_alias, right_happened, right_content,"
                        + " joined FROM aiflow_join_pair WHERE space = ? AND seq > ? ORDER BY space, seq LIMIT ?",
                JoinTables::pair,
                space,
                after,
                limit);
    }

    /** The left ids of the pairs that were joined first. */
    List<String> pairsBefore(Instant joined, int limit) throws SQLException {
        return statements.select(
                "SELECT left_id FROM aiflow_join_pair WHERE space = ? AND joined < ? ORDER BY space, joined LIMIT ?",
                row -> row.getString(1),
                space,
                joined,
                limit);
    }

    void deletePairs(Collection<String> leftIds) throws SQLException {
        statements.update("DELETE FROM aiflow_join_pair WHERE left_id IN", leftIds, IN_SPACE, space);
    }

    /** The aliases of right halves that last found a left half before. */
    List<String> foundBefore(Instant time, int limit) throws SQLException {
        return statements.select(
                "SELECT name FROM aiflow_join_right WHERE space = ? AND found < ? ORDER BY space, found LIMIT ?",
                row -> row.getString(1),
                space,
                time,
                limit);
    }

    private static Left left(ResultSet row) throws SQLException {
        return new Left(row.getString(1), row.getString(2), Statements.instant(row, 3), row.getString(4));
    }

    private static KeptRight right(ResultSet row) throws SQLException {
        String name = row.getString(1);
        boolean byAlias = row.getBoolean(2);
        Right right =
                new Right(byAlias ? null : name, byAlias ? name : null, Statements.instant(row, 3), row.getString(4));
        return new KeptRight(right, row.getObject(5) != null);
    }

    private static Joined pair(ResultSet row) throws SQLException {
        String id = row.getString(2);
        String alias = row.getString(3);
        boolean byAlias = row.getBoolean(6);
        Left left = new Left(id, alias, Statements.instant(row, 4), row.getString(5));
        Right right =
                new Right(byAlias ? null : id, byAlias ? alias : null, Statements.instant(row, 7), row.getString(8));
        return new Joined(row.getLong(1), left, right, Statements.instant(row, 9));
    }
}
