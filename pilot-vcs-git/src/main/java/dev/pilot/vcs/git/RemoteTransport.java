package dev.pilot.vcs.git;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;

/**
 * Reads a remote. JGit asks for the remote's HEAD in a first clone only; this asks every time, in the same exchange, since a remote
 * may rename its main branch.
 */
final class RemoteTransport extends Transport {
    private final Transport delegate;

    private RemoteTransport(Repository local, Transport delegate) {
        super(local, delegate.getURI().setUser(null).setPass(null)); // for FETCH_HEAD, which is written to disk
        this.delegate = delegate;
    }

    static RemoteTransport open(Repository local, RemoteUrl url, Duration timeout)
            throws NotSupportedException, TransportException {
        Transport delegate = Transport.open(local, url.uri());
        RemoteTransport transport = new RemoteTransport(local, delegate);
        for (Transport each : new Transport[] {delegate, transport}) {
            if (!url.isLocal()) { // a disk is never silent; packing many files only looks so
                each.setTimeout((int) timeout.toSeconds());
            }
            each.setTagOpt(TagOpt.NO_TAGS); // they are asked for by name
            each.setCredentialsProvider(null); // the host program's may open a dialog
        }
        transport.setRemoveDeletedRefs(true);
        return transport;
    }

    @Override
    public FetchConnection openFetch() throws NotSupportedException, TransportException {
        return delegate.openFetch();
    }

    @Override
    public FetchConnection openFetch(Collection<RefSpec> refSpecs, String... additionalPatterns)
            throws NotSupportedException, TransportException {
        String[] patterns = Arrays.copyOf(additionalPatterns, additionalPatterns.length + 1);
        patterns[additionalPatterns.length] = Constants.HEAD;
        return delegate.openFetch(refSpecs, patterns);
    }

    @Override
    public PushConnection openPush() throws NotSupportedException {
        throw new NotSupportedException("The remote is only read.");
    }

    @Override
    public void close() {
        delegate.close();
    }
}
