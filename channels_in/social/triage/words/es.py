"""Spanish, without accents."""

from channels_in.social.triage.lexicon import Lexicon

LEXICON = Lexicon(
    language="es",
    asks="""
        (como|donde|cuando|cuanto|cuanta|cuantos|que|cual|por que) (puedo|se|es|esta|estan|dura|tarda|cuesta|llega|viene|hago|hacemos|encuentro|tengo|puede|podria|sale|abre|abris|abren|hay|talla|vale|consigo)
        (puedo|se puede|podeis|pueden|puedes|podrian|podria)
        (alguien|nadie) (sabe|me|puede|conoce)
        (envia|enviais|envian|teneis|tienen|haceis|hacen|vendeis|venden|aceptais|aceptan|abris)( a| el| la| los| en)?
        (hay|existe) (alguna?|un|una|otra|forma|manera)
        (me )?(podeis|podrian|pueden) (decir|ayudar|confirmar|enviar)
        donde esta\\w*
        ayuda
    """,
    wishes="""
        (quiero|queria|quisiera|me gustaria|necesito|intento|busco) (cambiar|devolver|saber|anular|cancelar|darme|encontrar|comprar|hablar|modificar|un|una|el|la|mi)
        no encuentro
        no (se|consigo) (como|donde)
        ya lo (hice|he hecho|probe)
        darme de baja
    """,
    business="""
        (pedido|factura|cuenta|contrasena|suscripcion|envio|entrega|direccion|codigo|cupon|contrato|tarjeta|cita|devolucion|garantia|paquete|reembolso|pago|pagar|tecnico)\\w*
        (aplicacion|movil|bateria|boton|talla)\\w*
    """,
    trouble="""
        no (me |se |nos )*(deja|dejan|funciona|funcionan|carga|cargan|abre|abren|entra|acepta|reconoce|conecta|llega|aparece|permite|va|sirve)
        no (puedo|podemos|consigo|logro) (entrar|acceder|pagar|abrir|iniciar|ver|descargar|conectar|cambiar|usar|cancelar)
        (se ha |se me ha |esta |me han )?(bloqueado|bloqueada|caducado|desaparecido|colgado|congelado)
        (sigue|siguen) (sin|saliendo|dando|igual|mal|roto|rota)
        (mismo|el) error
        (dice|sale|pone) … (incorrect\\w+|error|invalid\\w+|caducad\\w+)
        ha dejado de funcionar
        (falla|fallo|fallos|fallan|averia\\w*)
    """,
    wrong="""
        (talla|articulo|factura|pedido|producto|color|direccion) (equivocad\\w+|incorrect\\w+|mal|errone\\w+)
        (otra|otro) \\w+ (mal|equivocad\\w+)
        (llevo|llevamos) … (esperando|semanas|dias|meses|horas|sin)
        (sigo|seguimos|sigue|estoy) (esperando|sin)
        (llego|llegaron|llega|llegado|recibi|ha llegado|vino) (\\w+ ){0,2}(rot\\w+|fri\\w+|danad\\w+|tarde|mal|vaci\\w+|abiert\\w+|mojad\\w+|sucio|defectuos\\w+)
        (roto|rota|rotos|rotas|rompio|rompieron|rompe|estropead\\w+|defectuos\\w+|danad\\w+|averiad\\w+)
        (falta|faltan|faltaba|faltaban)
        (nunca|no) (llego|ha llegado|llegado|aparecio|vino|recibi|contestan|responden|contesta|han venido|me ha llegado)
        nadie … (contesta|responde|ayuda|coge|atiende|llama)
        (sin|ninguna) (respuesta|solucion|noticias|reembolso|explicacion)
        no se (hace|hacen) cargo
        (cobrado|cobraron|cargado|cobran) … (dos veces|doble|de mas)
        (quiero|devuelvan|devolved\\w*|devolver) mi dinero
        (prometieron|prometido|prometisteis|prometio)
        (me )?(colgaron|colgado)
        sin nada
        (perdido|perdieron|robado el paquete)
        (tarde|retraso|retrasado|con retraso)
        no (me )?(sirve|ayuda|soluciona)
    """,
    anger="""
        (verguenza|vergonzos\\w+|pesim\\w+|horrible|fatal|lamentable|desastre|inaceptable|ridicul\\w+|terrible|penos\\w+|asco|estafa|estafadores|timo|robo|ladrones|indignante|inadmisible|chapuza)
        (mal|mala|malisim\\w+|peor) (servicio|atencion|experiencia|calidad|empresa|compania)
        (decepcion\\w*|enfadad\\w+|hart\\w+|indignad\\w+|cabread\\w+|molest\\w+)
        (nunca|jamas) mas
        no (lo |la |os |los )?(recomiendo|recomendable|vuelvo|compreis|compren)
        falta de respeto
        (ya )?(esta bien|basta)
        gracias por nada
        (denuncia|denunciar|consumo|abogado|reclamacion)
        tomadura de pelo|tomando el pelo
    """,
    irony="""
        gracias por nada
        (que maravilla|genial|estupendo|fantastico|bravo|enhorabuena|perfecto) … (sin|no|nada|otra|roto|nadie|nunca)
        (y )?yo sin
        que bien
        muy bonito
    """,
    urgent="""
        urgente\\w*
        inmediatamente|de inmediato|ahora mismo|cuanto antes|enseguida
        emergencia
        (llamen|llameis|llamadme|ayuda) ya
        me llamen
        lo antes posible
        (boda|vuelo|viaje) … (manana|hoy|horas)
    """,
    danger="""
        (hackead\\w+|pirate\\w+|robado la cuenta|suplantad\\w+)
        (han|ha) (robado|hackeado|entrado)
        (incendi\\w+|fuego|humo|quemad\\w+|arde|ardiendo|explot\\w+|chispas|descarga electrica|calambre|sobrecalient\\w+)
        alergi\\w+|herid\\w+|hospital|intoxic\\w+
        (comprando|pagando) con mi tarjeta
        datos de (otr\\w+|otras personas|clientes)
        fraude\\w*
    """,
    down="""
        (web|pagina|app|aplicacion|servidor|servidores|sistema|servicio|internet|red|linea) … (caid\\w+|no funciona|no carga|abajo)
        (caid\\w+|caida total|se ha caido|apagon|corte)
        no (le )?(carga|funciona)( nada)?
        sin (internet|servicio|linea|luz|cobertura|conexion)
        (nadie|ninguna \\w+|no) puede\\w* (entrar|cobrar|pagar|acceder|conectar\\w*)
    """,
    many="""
        (a )?alguien mas
        (para|a) (nadie|todos|todo el mundo)
        nadie (puede|consigue)
        (toda|todas|todo|todos) (la|las|el|los|nuestr\\w+) \\w+
        (ningun|ninguna|ninguno) (de nosotros|tienda|usuario|cliente)
        (solo|soy) (yo|a mi)
        nos pasa
    """,
    thanks="""
        (muchas |mil |muchisimas )?gracias( a| por)?
        (enhorabuena|felicidades|bravo|chapo|ole)
        agradecid\\w+
    """,
    praise="""
        (genial|geniales|excelente|estupend\\w+|fantastic\\w+|maravillos\\w+|perfect\\w+|precios\\w+|increible|bonit\\w+|content\\w+|feliz|encantad\\w+|buenisim\\w+|rapidisim\\w+|impecable|espectacular|recomendable|recomiendo)
        (muy|super|tan|mas) (bien|buen\\w*|bonit\\w*|amable\\w*|rapid\\w+|content\\w+|facil|util|simpatic\\w+)
        me (encanta|encantan|gusta|ha encantado)
        de (diez|10)
        (el|la|los|las) mejor\\w* \\w+
        sois (los mejores|unos cracks|geniales|lo mejor)
        un (sueno|acierto|placer)
        ya funciona
        (solucionado|resuelto|arreglado)
        maravilla
    """,
    at_peace="""
        (ningun|sin|sin ningun|cero|nada de) (problema|problemas|queja|quejas|pega)s?
        nunca (he tenido|tuve) (un |ningun )?(problema|problemas|queja)
        nada que (objetar|reprochar|decir)
        no (puedo )?(quejarme|parar de)
    """,
    solved="""
        (solucionado|resuelto|arreglado|solucionaron|resolvieron|cambiaron)
        ya (funciona|va|esta)
    """,
    not_="""
        no|nunca|ni|sin|poco|jamas|nada|tampoco
    """,
    insults="""
        (idiota|imbecil|tont[oa]|estupid[oa]|payas[oa]|inutil|subnormal|borreg[oa]|vendid[oa]|mentiros[oa]|parasit[oa]|fracasad[oa]|ridicul[oa])s?
        (callate|calla|cierra la boca)
        no (tienes|tienen|tienes ni) … idea
        llora mas|sigue llorando
    """,
    quarrel="""
        boicot\\w*
        a quien le (importa|interesa)
        (nadie|quien) (te )?(pregunto|ha preguntado|pregunta)
        (capitalist|comunist|fascist|progre|facha|rojo|politic)\\w*
        (unos|son todos|sois todos|todos) (vendidos|iguales|corruptos|ladrones)
        jaja\\w*
    """,
    bait="""
        (sorteo|concurso)\\w*
        (para|y) (ganar|participar)
        (etiqueta|menciona) … amig\\w+
        gana … (mes|semana|dia|casa|hora|online)
        desde casa
        (escribeme|escribenos|contactame) (por|ya|al)
        (compra|comprar|consigue) (\\w+ )?(seguidores|likes)
        (gratis|gratuit\\w+) … (comparte|sigue|clic)
        (invierte|inversion|invertir) … (cripto\\w+|dinero|bitcoin)
        criptomoneda\\w*
        (unete|entra) a (mi|nuestro) (canal|grupo)
        codigo de (descuento|referido|invitacion)
        haz clic
        recuper\\w+ … (cuenta|fondos) … (telegram|whatsapp|instagram)
    """,
    weak_bait="""
        sigue|siguenos|seguir
        like|comparte
        gratis
        dinero
        amigos
        canal|grupo
        whatsapp|telegram
        vale|tarjeta regalo
        gana
    """,
)
