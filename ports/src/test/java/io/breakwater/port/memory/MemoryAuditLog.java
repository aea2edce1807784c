package io.breakwater.port.memory;

import io.breakwater.port.AuditEntry;
import io.breakwater.port.driven.AuditLog;
import io.breakwater.port.support.Sha256;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An audit log in memory, behind a link that can fail. It counts the writes that must survive a crash of the machine. */
public final class MemoryAuditLog implements AuditLog {
    private static final byte[] KEY = {1, 2, 3};

    private final SimulatedLink link;
    private final List<AuditEntry> entries = new ArrayList<>();
    private int durableWrites;

    public MemoryAuditLog(SimulatedLink link) {
        this.link = link;
    }

    @Override
    public String name() {
        return "memory/log";
    }

    @Override
    public String digest(byte[] arguments) {
        var digest = Sha256.begin();
        digest.update(KEY);
        return HexFormat.of().formatHex(digest.digest(arguments));
    }

    @Override
    public void append(List<? extends AuditEntry> more, Durability durability) {
        link.pass();
        synchronized (this) {
            entries.addAll(more);
            durableWrites += durability == Durability.MACHINE ? 1 : 0;
        }
    }

    /** The entries so far. */
    public synchronized List<AuditEntry> entries() {
        return List.copyOf(entries);
    }

    /** How many writes had to survive a crash of the machine. */
    public synchronized int durableWrites() {
        return durableWrites;
    }
}
