"""The HTTP client: asks the Feather API for documents and turns whatever happens into one sentence.

`client` asks, `conversations` for the list of sessions page by page, and `pace` keeps those requests apart;
`transport` decides on proxies and certificates; `body` reads an answer within bounds; `responses` and
`failures` say what went wrong; `retry` decides whether to ask again; `progress` tells the screen. Nothing
but this package and the demo imports httpx.
"""
