"""Serving the console: one uvicorn server, told to stop by a signal, with headers believed from known proxies only."""

import uvicorn

from console.bootstrap import House
from console.web.app import create_app


def serve(house: House, *, host: str, port: int, demo: bool = False) -> None:
    """Answer until a signal comes; what has begun is finished."""
    proxies = house.settings.web.proxies
    config = uvicorn.Config(
        create_app(house, demo=demo),
        host=host,
        port=port,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        # addresses can carry links of one use, and who looked at what is nobody's business here
        access_log=False,
        server_header=False,
        log_config=None,
        timeout_graceful_shutdown=10,
    )
    uvicorn.Server(config).run()
