package dev.pilot.http.guard;

import java.net.InetAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as it can be believed.
 *
 * @param address the client's address
 * @param isSecure whether the client speaks TLS
 * @param authority the host and port that the client called, as far as a proxy says; null for what the request says
 */
public record Hop(
        InetAddress address, boolean isSecure, @Nullable String authority) {
    /**
     * The address as it stands in records.
     *
     * @return such as {@code 192.0.2.7}
     */
    public String text() {
        return address.getHostAddress();
    }

    /**
     * Who is counted as one: whoever has an IPv6 address has all that share its first 64 bits.
     *
     * @return an IPv4 address, or the hexadecimal prefix of an IPv6 one
     */
    public String group() {
        return group(address);
    }

    static String group(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? address.getHostAddress() : HexFormat.of().formatHex(bytes, 0, 8) + "/64";
    }
}
