package io.github.camelaiflow.store;

import io.github.camelaiflow.store.Store.Document;
import io.github.camelaiflow.store.Store.Entry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The SQL of documents and logs, the same for H2 and PostgreSQL. */
final class Tables {

    private static final String DOCUMENT = "SELECT space, name, revision, content, written FROM aiflow_document";

    private final Statements statements;

    Tables(Statements statements) {
        this.statements = statements;
    }

    Optional<Document> document(String space, String key) throws SQLException {
        try (PreparedStatement select = statements.prepare(DOCUMENT + " WHERE space = ? AND name = ?", space, key)) {
            return documents(select).stream().findFirst();
        }
    }

    /** By key, in the order of characters whatever the database's collation. */
    List<Document> documents(String space, String prefix) throws SQLException {
        String pattern = prefix.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        try (PreparedStatement select =
                statements.prepare(DOCUMENT + " WHERE space = ? AND name LIKE ? ESCAPE '!'", space, pattern)) {
            List<Document> documents = documents(select);
            documents.sort(Comparator.comparing(Document::key));
            return documents;
        }
    }

    private static List<Document> documents(PreparedStatement select) throws SQLException {
        List<Document> documents = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                documents.add(new Document(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        Statements.instant(row, 5)));
            }
        }
        return documents;
    }

    /** Whether there was none, of no transaction that has committed since either. */
    boolean insertDocument(String space, String key, String content, Instant now) throws SQLException {
        return statements.insert(
                "INSERT INTO aiflow_document (space, name, revision, content, written) VALUES (?, ?, 1, ?, ?)",
                space,
                key,
                content,
                now);
    }

    /** Whether the document had that revision; the row is locked then, so that what follows is in the order of revisions. */
    boolean updateDocument(String space, String key, long revision, String content, Instant now) throws SQLException {
        try (PreparedStatement update = statements.prepare(
                "UPDATE aiflow_document SET revision = revision + 1, content = ?, written = ?"
                        + " WHERE space = ? AND name = ? AND revision = ?",
                content,
                now,
                space,
                key,
                revision)) {
            return update.executeUpdate() == 1;
        }
    }

    /** Whether there was one, of whatever revision. */
    boolean updateDocument(String space, String key, String content, Instant now) throws SQLException {
        try (PreparedStatement update = statements.prepare(
                "UPDATE aiflow_document SET revision = revision + 1, content = ?, written = ?"
                        + " WHERE space = ? AND name = ?",
                content,
                now,
                space,
                key)) {
            return update.executeUpdate() == 1;
        }
    }

    int deleteDocuments(String space, Instant before) throws SQLException {
        try (PreparedStatement delete =
                statements.prepare("DELETE FROM aiflow_document WHERE space = ? AND written < ?", space, before)) {
            return delete.executeUpdate();
        }
    }

    /** Entries that are there already stay as they are. */
    void insertEntries(List<Entry> entries) throws SQLException {
        for (Entry entry : entries) {
            statements.insert(
                    "INSERT INTO aiflow_log (id, space, name, happened, content) VALUES (?, ?, ?, ?, ?)",
                    entry.id(),
                    entry.space(),
                    entry.key(),
                    entry.time(),
                    entry.content());
        }
    }

    boolean holdsAll(List<Entry> entries) throws SQLException {
        for (Entry entry : entries) {
            try (PreparedStatement select = statements.prepare("SELECT 1 FROM aiflow_log WHERE id = ?", entry.id());
                    ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
            }
        }
        return true;
    }

    List<Entry> newestEntries(String space, String key, int limit) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select = statements.prepare(
                        "SELECT id, space, name, happened, content FROM aiflow_log"
                                + " WHERE space = ? AND name = ? ORDER BY seq DESC LIMIT ?",
                        space,
                        key,
                        limit);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.add(new Entry(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Statements.instant(row, 4),
                        row.getString(5)));
            }
        }
        return entries;
    }

    /** Deletes some of the oldest; 0 when none are left. */
    int deleteEntries(String space, Instant before, int limit) throws SQLException {
        try (PreparedStatement delete = statements.prepare(
                "DELETE FROM aiflow_log WHERE seq IN"
                        + " (SELECT seq FROM aiflow_log WHERE space = ? AND happened < ? ORDER BY happened LIMIT ?)",
                space,
                before,
                limit)) {
            return delete.executeUpdate();
        }
    }
}
