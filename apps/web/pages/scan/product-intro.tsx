// What a product is, as its maker wants it said.
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#codecs/api';
import { ProductPicture } from '../../parts/product-picture.js';
import { useText } from '../../texts/use-locale.js';

export function ProductIntro({ product }: { product: TicketView['product'] }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <div className="intro">
      <span className={`intro-picture ground-${product.icon}`}>
        <ProductPicture icon={product.icon} />
      </span>
      <h1 tabIndex={-1} className="intro-name">
        {text(product.name)}
      </h1>
      <p className="intro-about">{text(product.page.about)}</p>
      {product.page.link && (
        <a href={product.page.link} rel="noreferrer" target="_blank">
          {t('scan.link')}
        </a>
      )}
    </div>
  );
}
